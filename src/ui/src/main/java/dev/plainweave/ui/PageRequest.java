package dev.plainweave.ui;

import dev.plainweave.http.HttpError;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for, when the page was opened. Immutable.
 *
 * @param path without the base path and the query, decoded
 * @param parameters those of the page's path: {@code id} of {@code /item/{id}}
 * @param query decoded, each with its values in their order
 * @param user who it is, where the server was told how to find out
 * @param address the client's
 */
public record PageRequest(
        String path,
        Map<String, String> parameters,
        Map<String, List<String>> query,
        Optional<Principal> user,
        String address) {
    /** Keeps copies. */
    public PageRequest {
        parameters = Map.copyOf(parameters);
        query = Map.copyOf(query);
    }

    /**
     * A parameter of the page's path.
     *
     * @throws IllegalArgumentException if the path has none of that name: a mistake of the program
     */
    public String parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "this page's path has no parameter \"" + name + "\", only " + parameters.keySet()));
    }

    /**
     * A parameter of the page's path, as a value.
     *
     * @param type {@link Integer}, {@link Long}, {@link Double}, {@link java.math.BigDecimal}, {@link Boolean}, {@link
     *     java.util.UUID}, {@link java.time.LocalDate} and other java.time types in ISO 8601, an enum (by name, whatever its
     *     case), or {@link String}
     * @throws HttpError 404, if it is none: there is no such page
     * @throws IllegalArgumentException if the path has no such parameter, or the type is another: a mistake of the program
     */
    public <T> T parameter(String name, Class<T> type) {
        return ValueReader.read(parameter(name), type)
                .orElseThrow(() -> new HttpError(
                        404, "the part \"" + name + "\" of the path must be " + ValueReader.expected(type)));
    }

    /**
     * A parameter of the page's path, as a whole number.
     *
     * @throws HttpError 404, if it is none
     */
    public long number(String name) {
        return parameter(name, Long.class);
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The first value of a query parameter, as a value; empty where there is none of that name.
     *
     * @param type as for {@link #parameter(String, Class)}
     * @throws HttpError 400, if it is none of that type
     */
    public <T> Optional<T> query(String name, Class<T> type) {
        return query(name).map(text -> read(name, text, type));
    }

    /**
     * Every value of a query parameter, in their order.
     *
     * @param type as for {@link #parameter(String, Class)}
     * @throws HttpError 400, if one of them is none of that type
     */
    public <T> List<T> queries(String name, Class<T> type) {
        return query.getOrDefault(name, List.of()).stream()
                .map(text -> read(name, text, type))
                .toList();
    }

    private static <T> T read(String name, String text, Class<T> type) {
        return ValueReader.read(text, type)
                .orElseThrow(() ->
                        new HttpError(400, "the parameter \"" + name + "\" must be " + ValueReader.expected(type)));
    }
}
