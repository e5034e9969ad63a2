package dev.plainweave.gallery.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Java files that this program was made of: the build puts them into the jar, beside the classes. */
public final class Sources {
    private static final Pattern FILE = Pattern.compile("([a-z]+/)?[A-Z][A-Za-z0-9]*\\.java");

    private Sources() {}

    /** The file of that name, below the gallery's package: {@code storm/Storm.java}. */
    public static Optional<String> find(String file) {
        return FILE.matcher(file).matches()
                ? read(Sources.class, "source/dev/plainweave/gallery/" + file)
                : Optional.empty();
    }

    /** A script that lies beside a class. */
    public static String script(Class<?> beside, String name) {
        return read(beside, name).orElseThrow(() -> new IllegalStateException("the jar is not whole: no " + name));
    }

    private static Optional<String> read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The file of that name. */
    static String text(String file) {
        return find(file).orElseThrow(() -> new IllegalStateException("the jar is not whole: " + file + " is missing"));
    }

    /** The file of that name as somebody would begin it in a folder of his own: without its package. */
    public static String alone(String file) {
        return text(file).replaceFirst("package [a-z.]+;\\n+", "");
    }
}
