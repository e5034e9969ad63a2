package dev.plainweave.gallery.site;

import dev.plainweave.http.HttpHandler;
import dev.plainweave.server.WebServer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The pages and their files, read when they are first asked for and then held in memory, under a policy that allows
 * nothing from elsewhere and nothing inline.
 */
public final class Site {
    /** The Content-Security-Policy of every page. */
    public static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    private static final String HTML = "text/html;charset=utf-8";
    private static final String CSS = "text/css;charset=utf-8";
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    private static final String SVG = "image/svg+xml";

    private static final List<String> STYLES = List.of("site.css", "chat.css", "home.css", "live.css");
    private static final List<String> SCRIPTS = List.of(
            "live.js",
            "chart.js",
            "reasons.js",
            "neighbours.js",
            "home.js",
            "chat.js",
            "board.js",
            "storm.js",
            "sleep.js",
            "source.js");

    private Site() {}

    /** Adds all of it to a server of that policy on that Java. */
    public static void addTo(WebServer.Builder builder, String policy, String java) {
        Layout layout = new Layout(policy, java);
        for (Page page : Page.ALL) {
            builder.get(page.path(), file(HTML, () -> layout.page(page).getBytes(StandardCharsets.UTF_8)));
        }
        withSources()
                .flatMap(page -> page.sources().stream())
                .distinct()
                .forEach(source -> builder.get("/source/" + source, source(layout, source)));
        STYLES.forEach(name -> builder.get("/" + name, file(CSS, () -> Resources.bytes(name))));
        SCRIPTS.forEach(name -> builder.get("/" + name, file(SCRIPT, () -> Resources.bytes(name))));
        builder.get("/weave.svg", file(SVG, () -> Resources.bytes("weave.svg")));
        builder.get("/favicon.svg", file(SVG, () -> Resources.bytes("favicon.svg")));
        builder.get("/favicon.ico", file(SVG, () -> Resources.bytes("favicon.svg")));
    }

    private static Stream<Page> withSources() {
        return Stream.concat(Page.ALL.stream(), Stream.of(Page.LIVE));
    }

    /** Beside the files of the page that it begins. */
    private static HttpHandler source(Layout layout, String source) {
        Page page = withSources()
                .filter(any -> any.sources().contains(source))
                .findFirst()
                .orElseThrow();
        return file(HTML, () -> layout.source(page, source).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpHandler file(String type, Supplier<byte[]> content) {
        Supplier<Held> once = new Once<>(() -> Held.of(content.get()));
        return (request, response) -> {
            Held file = once.get();
            response.setHeader("Content-Security-Policy", POLICY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "no-referrer");
            response.setHeader("Cache-Control", "no-cache"); // kept, but asked about: a new jar shows at once
            response.setHeader("ETag", file.tag());
            if (file.tag().equals(request.getHeader("If-None-Match"))) {
                response.setStatus(304);
                return;
            }
            response.setContentType(type);
            response.setContentLength(file.content().length);
            response.getOutputStream().write(file.content());
        };
    }

    /** The bytes, and a tag by which a browser asks whether they are still the same. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Held(byte[] content, String tag) {
        static Held of(byte[] content) {
            CRC32C checksum = new CRC32C();
            checksum.update(content);
            return new Held(content, '"' + HexFormat.of().toHexDigits((int) checksum.getValue()) + '"');
        }
    }
}
