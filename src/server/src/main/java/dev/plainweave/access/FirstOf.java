package dev.plainweave.access;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** Several ways to sign in. */
record FirstOf(List<Authenticator> authenticators) implements Authenticator {
    @Override
    public Optional<? extends Principal> authenticate(Caller caller) throws Exception {
        for (Authenticator authenticator : authenticators) {
            Optional<? extends Principal> found = authenticator.authenticate(caller);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<String> challenges() {
        return authenticators.stream()
                .flatMap(authenticator -> authenticator.challenges().stream())
                .distinct()
                .toList();
    }

    @Override
    public Optional<SignInPage> signIn() {
        return authenticators.stream()
                .flatMap(authenticator -> authenticator.signIn().stream())
                .findFirst();
    }
}
