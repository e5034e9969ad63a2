package dev.plainweave.access;

import java.util.List;
import java.util.Optional;

/** The {@code Authorization} field: a scheme and what goes with it (RFC 9110, section 11.6.2). */
final class Credentials {
    private Credentials() {}

    /** What follows that scheme; empty where the field is missing, double, or of another scheme. */
    static Optional<String> of(Caller caller, String scheme) {
        List<String> fields = caller.headers("Authorization");
        if (fields.size() != 1) {
            return Optional.empty();
        }
        String field = fields.get(0);
        boolean ours = field.length() > scheme.length()
                && field.charAt(scheme.length()) == ' '
                && field.regionMatches(true, 0, scheme, 0, scheme.length());
        return ours ? Optional.of(field.substring(scheme.length()).strip()) : Optional.empty();
    }
}
