package dev.plainweave.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * JSON (RFC 8259) in and out, by Jackson: records and beans, {@link java.util.Optional}, and java.time as ISO 8601 text.
 * Members that a type does not have are ignored; missing ones are null, or an empty Optional; a missing or null primitive,
 * and anything after the value, are errors of the client.
 *
 * <pre>{@code
 * post("/order", (request, response) -> {
 *     Order order = Json.read(request, Order.class);
 *     Json.write(response, shop.place(order));
 * })
 * }</pre>
 */
public final class Json {
    /** The largest body that {@link #read(HttpServletRequest, Class)} takes: 1 MiB. It is held in memory as objects. */
    public static final long MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 200;
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /**
     * Reads the body, of {@link #MAX_BYTES} at most.
     *
     * @throws HttpError 415 if the body is not said to be JSON, 413 if it is too large, 400 with line and column if it is
     *     malformed or does not fit the type
     * @throws IOException if the client went away meanwhile
     */
    public static <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
        return read(request, type, MAX_BYTES);
    }

    /** As {@link #read(HttpServletRequest, Class)}, with another limit for the body. */
    public static <T> T read(HttpServletRequest request, Class<T> type, long maxBytes) throws IOException {
        if (!isJson(request.getContentType())) {
            throw new HttpError(415, "the body must be JSON: send Content-Type: application/json");
        }
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        T value;
        try (InputStream body = new LimitedInput(request.getInputStream(), maxBytes, () -> tooLarge(maxBytes))) {
            value = MAPPER.readValue(body, type);
        } catch (InvalidDefinitionException programs) {
            throw new IllegalArgumentException("JSON cannot be read as " + type.getName(), programs);
        } catch (JsonProcessingException malformed) {
            HttpError own = FailureFilter.link(malformed, HttpError.class);
            throw own != null ? own : malformed(malformed);
        }
        if (value == null) {
            throw new HttpError(400, "the body must not be null");
        }
        return value;
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private static HttpError tooLarge(long maxBytes) {
        return new HttpError(413, "the body may have " + maxBytes + " bytes at most");
    }

    private static HttpError malformed(JsonProcessingException malformed) {
        JsonLocation at = malformed.getLocation();
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        if (FailureFilter.link(malformed, StreamConstraintsException.class) != null) {
            return new HttpError(
                    400, "the JSON is beyond a limit, such as " + MAX_DEPTH + " levels of nesting" + place);
        }
        boolean syntax = FailureFilter.link(malformed, StreamReadException.class) != null;
        return new HttpError(400, (syntax ? "malformed JSON" : "the JSON does not have the expected form") + place);
    }

    /** Writes the value as the response's body, with its content type. */
    public static void write(HttpServletResponse response, Object value) throws IOException {
        byte[] text = MAPPER.writeValueAsBytes(value); // before anything is sent: a failure is still a clean 500
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLengthLong(text.length);
        response.getOutputStream().write(text);
    }

    /**
     * The value as text, for an event or a message.
     *
     * @throws IllegalArgumentException if a value of that type cannot be written
     */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be written as JSON", unfit);
        }
    }
}
