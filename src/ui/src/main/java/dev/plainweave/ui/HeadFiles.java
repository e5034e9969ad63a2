package dev.plainweave.ui;

import dev.plainweave.http.CachePolicy;
import dev.plainweave.http.HttpRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What all pages of an application have in common: their language, style sheets and the icon of its own, each under an address
 * that changes with what is in it.
 */
final class HeadFiles {
    private static final int DIGITS = 12;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record File(String relation, String path, String type, byte[] content) {}

    private final List<File> files = new ArrayList<>();
    private String language = "en";

    void language(String tag) {
        language = Languages.checked(tag);
    }

    String language() {
        return language;
    }

    void stylesheet(Class<?> beside, String name) {
        add("stylesheet", "text/css;charset=utf-8", beside, name);
    }

    void icon(Class<?> beside, String name) {
        add("icon", name.endsWith(".svg") ? "image/svg+xml" : "image/png", beside, name);
    }

    boolean hasIcon() {
        return files.stream().anyMatch(file -> file.relation().equals("icon"));
    }

    private void add(String relation, String type, Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no " + name + " on the class path, looked for from "
                        + beside.getName() + " (in a named module its package must be open)");
            }
            byte[] content = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            String simple = name.substring(name.lastIndexOf('/') + 1);
            String path = "/_plainweave/head/" + HexFormat.of().formatHex(hash).substring(0, DIGITS) + "/" + simple;
            files.add(new File(relation, path, type, content));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void install(HttpRoutes http) {
        for (File file : files) {
            http.route("GET", file.path(), (request, response) -> {
                response.setContentType(file.type());
                response.setHeader("Cache-Control", CachePolicy.IMMUTABLE);
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setContentLength(file.content().length);
                response.getOutputStream().write(file.content());
            });
        }
    }

    /** Relation and path of each, in the order in which they were named. */
    void forEach(java.util.function.BiConsumer<String, String> link) {
        files.forEach(file -> link.accept(file.relation(), file.path()));
    }
}
