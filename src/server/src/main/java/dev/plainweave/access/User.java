package dev.plainweave.access;

import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A principal with roles, which {@code request.isUserInRole(...)} knows; any other {@link Principal} will do where roles
 * are not needed.
 *
 * @param name who it is; what {@code getName()} and the access log say
 * @param roles what the user may be
 */
public record User(String name, Set<String> roles) implements Principal {
    /** Keeps a copy of the roles. */
    public User {
        Objects.requireNonNull(name, "name");
        roles = Set.copyOf(roles);
    }

    /** A user with these roles, or none. */
    public static User of(String name, String... roles) {
        return new User(name, Set.of(roles));
    }

    /** For {@code requires}: a {@link User} in that role. */
    public static Predicate<Principal> inRole(String role) {
        Objects.requireNonNull(role, "role");
        return principal -> principal instanceof User user && user.roles().contains(role);
    }

    @Override
    public String getName() {
        return name;
    }
}
