package dev.plainweave.http;

import jakarta.servlet.ServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The variable parts of the path that a route matched, percent-decoded. For {@code /item/{id}}:
 *
 * <pre>{@code
 * get("/item/{id}", (request, response) -> show(PathParameters.of(request).number("id")))
 * }</pre>
 */
public final class PathParameters {
    private static final String ATTRIBUTE = PathParameters.class.getName();
    private static final PathParameters NONE = new PathParameters(Map.of(), "");

    private final Map<String, String> values;
    private final String rest;

    PathParameters(Map<String, String> values, String rest) {
        this.values = values;
        this.rest = rest;
    }

    /** Those of the route that this request matched; none outside a route. */
    public static PathParameters of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof PathParameters parameters ? parameters : NONE;
    }

    void setOn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The parameter, if the route has one of that name. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * The parameter.
     *
     * @throws IllegalArgumentException if the route has none of that name: a mistake of the program
     */
    public String text(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("this route has no path parameter \"" + name
                        + "\", only " + (values.isEmpty() ? "an exact path" : values.keySet())));
    }

    /**
     * The parameter as a whole number.
     *
     * @throws HttpError 400, if it is none, or does not fit
     */
    public long number(String name) {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw malformed(name, "a whole number");
        }
    }

    /**
     * The parameter as a UUID.
     *
     * @throws HttpError 400, if it is none
     */
    public UUID uuid(String name) {
        String text = text(name);
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) { // fromString takes shortened ones too
                return uuid;
            }
        } catch (IllegalArgumentException none) {
            // said below
        }
        throw malformed(name, "a UUID of 36 characters");
    }

    private static HttpError malformed(String name, String expected) {
        return new HttpError(400, "the part \"" + name + "\" of the path must be " + expected);
    }

    /** What the {@code *} of a route such as {@code /below/*} stands for, without a slash before it; or empty. */
    public String rest() {
        return rest;
    }
}
