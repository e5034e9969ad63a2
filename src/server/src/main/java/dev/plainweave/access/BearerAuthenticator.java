package dev.plainweave.access;

import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 6750. */
final class BearerAuthenticator implements Authenticator {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final Tokens tokens;

    BearerAuthenticator(Tokens tokens) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    @Override
    public Optional<? extends Principal> authenticate(Caller caller) throws Exception {
        Optional<String> token = Credentials.of(caller, "Bearer")
                .filter(given -> TOKEN.matcher(given).matches());
        return token.isPresent() ? tokens.find(token.get()) : Optional.empty();
    }

    @Override
    public List<String> challenges() {
        return List.of("Bearer");
    }
}
