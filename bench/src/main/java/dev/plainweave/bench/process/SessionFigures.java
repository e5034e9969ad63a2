package dev.plainweave.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the product itself says of its sessions at one moment, on its metrics page.
 *
 * @param opened sessions since the start, native and Jakarta
 * @param open sessions now
 * @param ends native sessions by the reason of their end, since the start
 */
public record SessionFigures(long opened, long open, Map<String, Long> ends) {
    private static final Pattern LINE = Pattern.compile(
            "(?m)^plainweave_sessions_(opened_total|open|ended_total)\\{(?:kind|reason)=\"(\\w+)\"\\} ([0-9.Ee+]+)$");

    /** Reads the page. */
    public static SessionFigures of(ServerProcess server, String path) throws IOException {
        HttpURLConnection request = (HttpURLConnection)
                URI.create("http://" + server.authority() + path).toURL().openConnection();
        request.setRequestProperty("Connection", "close");
        request.setReadTimeout(5_000);
        try (InputStream in = request.getInputStream()) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            request.disconnect();
        }
    }

    static SessionFigures parse(String page) {
        long opened = 0;
        long open = 0;
        Map<String, Long> ends = new TreeMap<>();
        Matcher line = LINE.matcher(page);
        while (line.find()) {
            long value = (long) Double.parseDouble(line.group(3));
            switch (line.group(1)) {
                case "opened_total" -> opened += value;
                case "open" -> open += value;
                default -> ends.put(line.group(2), value);
            }
        }
        return new SessionFigures(opened, open, ends);
    }

    /** Ends since an earlier moment, reasons that did not occur left out. */
    public Map<String, Long> endsSince(SessionFigures earlier) {
        Map<String, Long> since = new TreeMap<>();
        ends.forEach((reason, count) -> {
            long more = count - earlier.ends.getOrDefault(reason, 0L);
            if (more > 0) {
                since.put(reason, more);
            }
        });
        return since;
    }
}
