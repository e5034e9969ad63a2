package dev.plainweave.http;

import java.util.regex.Pattern;

/** What a file's Cache-Control says (RFC 9111, section 5.2). Called for each request, by many threads at the same time. */
@FunctionalInterface
public interface CachePolicy {
    /** For content that never changes under its name: kept for a year without a question. */
    String IMMUTABLE = "public, max-age=31536000, immutable";

    /** For all other: kept, but the server is asked each time whether it is still right; an unchanged file costs a 304. */
    String ASK = "no-cache";

    /**
     * The header's value.
     *
     * @param file the path below the place where the files are, such as {@code css/site.css}
     */
    String cacheControl(String file);

    /**
     * {@link #IMMUTABLE} for files with a fingerprint in their names, as build tools make them: 8 to 64 hexadecimal digits,
     * with a letter and a decimal digit among them, between a dot or a hyphen and the extension, such as {@code
     * app.3f9a1c07.js}; {@link #ASK} for all other.
     */
    static CachePolicy byName() {
        Pattern fingerprint =
                Pattern.compile(".*[.-](?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{8,64}\\.[0-9A-Za-z]+");
        return file -> fingerprint.matcher(file).matches() ? IMMUTABLE : ASK;
    }
}
