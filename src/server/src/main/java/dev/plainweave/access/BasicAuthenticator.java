package dev.plainweave.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 7617. */
final class BasicAuthenticator implements Authenticator {
    private static final Pattern REALM = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]*");

    private final String challenge;
    private final Passwords passwords;

    BasicAuthenticator(String realm, Passwords passwords) {
        if (!REALM.matcher(realm).matches()) {
            throw new IllegalArgumentException(
                    "the realm must be printable ASCII without quotes and backslashes, was '" + realm + "'");
        }
        challenge = "Basic realm=\"" + realm + "\", charset=\"UTF-8\"";
        this.passwords = Objects.requireNonNull(passwords, "passwords");
    }

    @Override
    public Optional<? extends Principal> authenticate(Caller caller) throws Exception {
        Optional<String> pair = Credentials.of(caller, "Basic").flatMap(BasicAuthenticator::decoded);
        int colon = pair.isPresent() ? pair.get().indexOf(':') : -1;
        return colon < 0
                ? Optional.empty()
                : passwords.find(pair.get().substring(0, colon), pair.get().substring(colon + 1));
    }

    private static Optional<String> decoded(String base64) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> challenges() {
        return List.of(challenge);
    }
}
