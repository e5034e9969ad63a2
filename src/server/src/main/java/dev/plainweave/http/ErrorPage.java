package dev.plainweave.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page of an error: light or dark as the reader's system is, no script, no image, nothing from elsewhere. */
final class ErrorPage {
    private static final String STYLE = """
        :root{color-scheme:light dark}
        body{margin:0;min-height:100vh;display:grid;place-items:center;font:1rem/1.6 system-ui,sans-serif;\
        background:#faf9f7;color:#22252b}
        main{padding:2rem;max-width:34rem}
        p{margin:.25rem 0}
        .status{font-size:clamp(4rem,18vw,7rem);line-height:1;font-weight:700;letter-spacing:-.04em;color:#b4532a}
        h1{margin:.5rem 0 .75rem;font-size:1.5rem}
        .next{color:#666b75}
        @media(prefers-color-scheme:dark){body{background:#16181d;color:#e7e6e3}.status{color:#f0a37e}\
        .next{color:#9aa0ab}}
        """;

    /** Allows the style above, by its hash, and nothing else. */
    static final String POLICY = "default-src 'none'; img-src data:; style-src 'sha256-" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private ErrorPage() {}

    static String html(HttpError error) {
        String title = escape(error.title());
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                + "content=\"width=device-width\"><link rel=\"icon\" href=\"data:,\"><title>" + error.status() + " "
                + title + "</title><style>" + STYLE + "</style></head><body><main><p class=\"status\">" + error.status()
                + "</p><h1>" + title + "</h1><p>"
                + escape(error.detail().isEmpty() ? next(error.status()) : error.detail())
                + "</p></main></body></html>\n";
    }

    /** What the reader can do, where the application does not say. */
    private static String next(int status) {
        return switch (status) {
            case 401 -> "Please sign in, then try again.";
            case 403 -> "You may not see this page.";
            case 404, 410 -> "There is nothing at this address. Perhaps it was moved, or mistyped.";
            case 429, 503 -> "Please try again in a moment.";
            default ->
                status < 500
                        ? "The server could not make sense of this request."
                        : "Something went wrong here. It is not your fault.";
        };
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(next -> {
            switch (next) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append((char) next);
            }
        });
        return escaped.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
