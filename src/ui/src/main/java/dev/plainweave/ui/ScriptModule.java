package dev.plainweave.ui;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An ES module of the application's, with the files it needs beside it: what it imports ({@code import './chart.min.js'}),
 * style sheets, pictures. Browsers get them from this server, under an address that changes with what is in them, and so
 * keep them for a year. Immutable: make one for all elements of a kind, as a constant.
 */
public final class ScriptModule {
    static final String PATH = "/_plainweave/module/";

    private static final int DIGITS = 16;

    private final String fingerprint;
    private final String main;
    private final Map<String, byte[]> files;

    private ScriptModule(String main, Map<String, byte[]> files) {
        this.main = main;
        this.files = files;
        fingerprint = fingerprint(files);
    }

    /**
     * Reads a module from the class path.
     *
     * @param beside a class of the program's: names are relative to its package, or begin with a slash, such as {@code
     *     /META-INF/resources/webjars/echarts/6.0.0/dist/echarts.esm.min.js}
     * @param main the module
     * @param more the files it needs: it finds each beside itself, under its simple name
     * @throws UncheckedIOException if one of them is not there
     */
    public static ScriptModule classPath(Class<?> beside, String main, String... more) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        put(files, main, resource(beside, main));
        for (String name : more) {
            put(files, name, resource(beside, name));
        }
        return new ScriptModule(simple(main), files);
    }

    /**
     * Reads a module from files.
     *
     * @param main the module
     * @param more the files it needs: it finds each beside itself, under its simple name
     * @throws UncheckedIOException if one of them is not there
     */
    public static ScriptModule files(Path main, Path... more) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            put(files, String.valueOf(main.getFileName()), Files.readAllBytes(main));
            for (Path file : more) {
                put(files, String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new ScriptModule(String.valueOf(main.getFileName()), files);
    }

    private static void put(Map<String, byte[]> files, String name, byte[] content) {
        if (files.putIfAbsent(simple(name), content) != null) {
            throw new IllegalArgumentException("two files of a module have the name " + simple(name));
        }
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static byte[] resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("no " + name + " on the class path, looked for from " + beside.getName()
                        + " (in a named module its package must be open)");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String fingerprint(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String fingerprint() {
        return fingerprint;
    }

    /** Where browsers get it, below the base path. */
    String path() {
        return PATH + fingerprint + "/" + main;
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public String toString() {
        return main + " " + files.keySet();
    }
}
