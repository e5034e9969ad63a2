package dev.plainweave.http;

import java.util.Optional;
import org.eclipse.jetty.http.MimeTypes;

/** Media types by extension: Jetty's list, text in UTF-8, and a type for the unknown, since no browser may guess. */
final class MediaTypes extends MimeTypes.Mutable {
    private static final String UNKNOWN = "application/octet-stream";

    MediaTypes() {
        super(DEFAULTS);
        addMimeMapping("html", "text/html;charset=utf-8");
        addMimeMapping("htm", "text/html;charset=utf-8");
        addMimeMapping("css", "text/css;charset=utf-8");
        addMimeMapping("js", "text/javascript;charset=utf-8");
        addMimeMapping("mjs", "text/javascript;charset=utf-8");
        addMimeMapping("txt", "text/plain;charset=utf-8");
        addMimeMapping("md", "text/markdown;charset=utf-8");
        addMimeMapping("csv", "text/csv;charset=utf-8");
        addMimeMapping("xml", "application/xml;charset=utf-8");
        addMimeMapping("svg", "image/svg+xml");
        addMimeMapping("json", "application/json");
        addMimeMapping("map", "application/json");
        addMimeMapping("webmanifest", "application/manifest+json");
        addMimeMapping("wasm", "application/wasm");
        addMimeMapping("woff2", "font/woff2");
        addMimeMapping("avif", "image/avif");
        addMimeMapping("webp", "image/webp");
    }

    @Override
    public String getMimeByExtension(String name) {
        return Optional.ofNullable(super.getMimeByExtension(name)).orElse(UNKNOWN);
    }
}
