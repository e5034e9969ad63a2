package dev.plainweave.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The certificate that the server shows, with its private key. TLS 1.3 and 1.2. */
public final class Tls {
    private static final char[] NO_PASSWORD = {};

    private final KeyStore keyStore;
    private final char[] password;

    private Tls(KeyStore keyStore, char[] password) {
        this.keyStore = keyStore;
        this.password = password;
    }

    /**
     * A PEM pair, as Let's Encrypt and openssl write them.
     *
     * @param certificates the certificate and those that vouch for it, in that order
     * @param key the private key, RSA or EC or Ed25519, not encrypted: {@code BEGIN PRIVATE KEY} or {@code BEGIN RSA PRIVATE
     *     KEY}
     * @throws IllegalArgumentException when a file cannot be read or used, saying which and why
     */
    public static Tls pem(Path certificates, Path key) {
        return new Tls(Pem.keyStore(certificates, key), NO_PASSWORD);
    }

    /**
     * A key store file, PKCS12 or JKS.
     *
     * @throws IllegalArgumentException when it cannot be read or opened, saying why
     */
    public static Tls keyStore(Path file, String password) {
        Objects.requireNonNull(password, "password");
        char[] characters = password.toCharArray();
        try {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("the key store " + file + " cannot be read");
            }
            return new Tls(KeyStore.getInstance(file.toFile(), characters), characters);
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "the key store " + file + " cannot be opened: " + unusable.getMessage(), unusable);
        }
    }

    SslContextFactory.Server sslContextFactory() {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(keyStore);
        factory.setKeyStorePassword(new String(password));
        factory.setSniRequired(false);
        return factory;
    }
}
