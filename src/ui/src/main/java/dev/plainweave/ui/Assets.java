package dev.plainweave.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The browser's side of it: style sheets and scripts, under a path that changes with what is in them. */
final class Assets {
    /** Where they are on the class path. */
    static final String DIRECTORY = "META-INF/plainweave";

    static final String BOOTSTRAP_DIRECTORY = "META-INF/resources/webjars/bootstrap/5.3.8";
    static final String BOOTSTRAP = "/_plainweave/bootstrap-5.3.8";
    static final List<String> MODULES = List.of("socket.js", "patch.js", "events.js", "commands.js");

    private static final int DIGITS = 12;

    private Assets() {}

    /** The path, with a fingerprint of all files. */
    static String path() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : List.of(
                    "plainweave.js",
                    "socket.js",
                    "patch.js",
                    "events.js",
                    "fields.js",
                    "custom.js",
                    "rules.js",
                    "toast.js",
                    "commands.js",
                    "theme.js",
                    "plainweave.css")) {
                try (InputStream file = Assets.class.getResourceAsStream("/" + DIRECTORY + "/" + name)) {
                    if (file == null) {
                        throw new IllegalStateException(
                                DIRECTORY + "/" + name + " is missing from plainweave-ui's jar");
                    }
                    digest.update(file.readAllBytes());
                }
            }
            return "/_plainweave/" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
