package dev.plainweave.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of the application's own on which people sign in. A browser that navigates to where somebody is required, and
 * comes from nobody known, is sent there instead of getting a 401; other clients get the 401.
 *
 * @param path where it is, below the base path; nothing is required there, whatever the rules say
 * @param parameter the query parameter that tells it where the visitor wanted to go: a path with its query, which the page
 *     has to check before it sends anybody there, since anybody can write it
 * @param open what else nothing is required for, since the page is made of it: beginnings of paths, each with a slash at its
 *     end
 * @param forbidden a path, an open one, that answers a browser with a 403 in place of one where somebody known may not go
 */
public record SignInPage(String path, String parameter, List<String> open, Optional<String> forbidden) {
    /** Checks the values. */
    public SignInPage {
        Objects.requireNonNull(parameter, "parameter");
        open = List.copyOf(open);
        if (!path.startsWith("/")
                || !open.stream().allMatch(prefix -> prefix.startsWith("/") && prefix.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "paths begin with a slash, open ones end with one: " + path + ", " + open);
        }
    }

    /**
     * Whether nothing is required at that path.
     *
     * @param requested canonical and decoded
     */
    public boolean isOpen(String requested) {
        return requested.equals(path) || open.stream().anyMatch(requested::startsWith);
    }
}
