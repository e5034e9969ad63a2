package dev.plainweave.ui;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name under which a browser keeps a download (RFC 6266), in any script (RFC 8187). */
final class Disposition {
    private static final int LONGEST = 200;
    /** RFC 8187, section 3.2.1: attr-char, without letters and digits. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "(?:; ?" + TOKEN + "=(?:" + TOKEN + "|\"[ !#-\\[\\]-~]*\"))*");

    private Disposition() {}

    /** The value of the Content-Disposition field. */
    static String of(String name) {
        String base = base(name);
        StringBuilder ascii = new StringBuilder(base.length());
        StringBuilder encoded = new StringBuilder(base.length() + 16);
        base.codePoints().forEach(next -> {
            boolean quotable = next >= ' ' && next < 127 && next != '"' && next != '\\' && next != '%';
            ascii.append(quotable ? (char) next : '_');
        });
        for (byte next : base.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (next >= '0' && next <= '9')
                    || (next >= 'A' && next <= 'Z')
                    || (next >= 'a' && next <= 'z')
                    || PLAIN.indexOf(next) >= 0;
            encoded.append(plain ? String.valueOf((char) next) : String.format(Locale.ROOT, "%%%02X", next & 0xff));
        }
        String fallback = "attachment; filename=\"" + ascii + "\"";
        return ascii.toString().equals(base) ? fallback : fallback + "; filename*=UTF-8''" + encoded;
    }

    /** The last part of a path of any system, without what no system allows in a name, nor what turns its reading. */
    static String base(String name) {
        Urls.plain("the name of a download", name);
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        // Cf format (such as U+202E, which shows "gpj.exe" as "exe.jpg"), Cs lone surrogates, Zl, Zp
        String clean = last.replaceAll("[\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "").strip();
        if (clean.replace(".", "").isEmpty()) {
            throw new IllegalArgumentException("a download needs a name, such as report.pdf; was \"" + name + "\"");
        }
        return clean.codePointCount(0, clean.length()) <= LONGEST
                ? clean
                : clean.substring(clean.offsetByCodePoints(clean.length(), -LONGEST)); // its end says what it is
    }

    static String mediaType(String type) {
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "a media type is such as text/csv or text/plain; charset=utf-8, was \"" + type + "\"");
        }
        return type;
    }
}
