package dev.plainweave.ui.test;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page has given its user to keep, fetched as a browser fetches it. */
public final class Download {
    private static final Pattern CHARSET = Pattern.compile("(?i)charset=\"?([^\";]+)");
    private static final Pattern EXTENDED = Pattern.compile("filename\\*=UTF-8''([^;]+)");
    private static final Pattern QUOTED = Pattern.compile("filename=\"([^\"]*)\"");

    private final HttpResponse<byte[]> answer;

    Download(HttpResponse<byte[]> answer) {
        this.answer = answer;
    }

    /** The name a browser would keep it under. */
    public String name() {
        String disposition = answer.headers().firstValue("Content-Disposition").orElse("");
        Matcher extended = EXTENDED.matcher(disposition);
        if (extended.find()) {
            return URLDecoder.decode(extended.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        Matcher quoted = QUOTED.matcher(disposition);
        return quoted.find() ? quoted.group(1) : "";
    }

    /** Its media type, as the page has said it. */
    public String mediaType() {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    /** Its bytes. */
    public byte[] bytes() {
        return answer.body();
    }

    /** Its text, in the encoding that the media type names; else in UTF-8. */
    public String text() {
        Matcher charset = CHARSET.matcher(mediaType());
        return new String(bytes(), charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8);
    }
}
