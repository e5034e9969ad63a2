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
     * A parameter of the page's path, as a whole number.
     *
     * @throws HttpError 404, if it is none
     */
    public long number(String name) {
        try {
            return Long.parseLong(parameter(name));
        } catch (NumberFormatException none) {
            throw new HttpError(404, "the part \"" + name + "\" of the path must be a whole number");
        }
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }
}
