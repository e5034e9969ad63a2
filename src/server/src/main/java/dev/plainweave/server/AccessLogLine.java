package dev.plainweave.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one line of the access log tells.
 *
 * @param method the request's, or {@code WEBSOCKET} for a session that has ended
 * @param status the answer's status, or the session's close code
 * @param sent bytes of the answer's body, or messages that the session has sent
 * @param session what is told of a session only: messages received, and why it ended
 */
record AccessLogLine(
        String remote,
        Optional<String> principal,
        String method,
        String uri,
        String protocol,
        int status,
        long sent,
        Optional<String> referer,
        Optional<String> agent,
        Duration took,
        Optional<Session> session) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Of a session that has ended. */
    record Session(long received, String reason) {}

    String combined() {
        StringBuilder line = new StringBuilder(160);
        line.append(remote)
                .append(" - ")
                .append(principal.map(AccessLogLine::escape).orElse("-"));
        line.append(" [")
                .append(ZonedDateTime.now(ZoneId.systemDefault()).format(TIME))
                .append("] \"");
        line.append(escape(method)).append(' ').append(escape(uri)).append(' ').append(protocol);
        line.append("\" ").append(status).append(' ').append(sent);
        line.append(" \"").append(referer.map(AccessLogLine::escape).orElse("-"));
        line.append("\" \"")
                .append(agent.map(AccessLogLine::escape).orElse("-"))
                .append("\" ")
                .append(seconds());
        session.ifPresent(ended -> line.append(" received=")
                .append(ended.received())
                .append(" end=")
                .append(ended.reason()));
        return line.toString();
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.now().toString());
        fields.put("remote", remote);
        principal.ifPresent(name -> fields.put("principal", name));
        fields.put("method", method);
        fields.put("uri", uri);
        fields.put("protocol", protocol);
        fields.put(session.isPresent() ? "code" : "status", status);
        fields.put(session.isPresent() ? "messagesSent" : "bytes", sent);
        session.ifPresent(ended -> {
            fields.put("messagesReceived", ended.received());
            fields.put("end", ended.reason());
        });
        referer.ifPresent(value -> fields.put("referer", value));
        agent.ifPresent(value -> fields.put("agent", value));
        fields.put("seconds", took.toNanos() / 1e9);
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.3f", took.toNanos() / 1e9);
    }

    /** What a client has said, in printable ASCII and without what would end a field or a line. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                safe.append(c);
            } else {
                safe.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }
}
