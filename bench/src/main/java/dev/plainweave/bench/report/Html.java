package dev.plainweave.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Pieces of a page. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">\n";
    }

    /** A number in the monospaced face. */
    static String number(double value) {
        return "<span class=n>" + Numbers.text(value) + "</span>";
    }

    /** A coordinate or a percentage: two decimals, whatever the machine's language. */
    static String at(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** A file beside this class. */
    static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
