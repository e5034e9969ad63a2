package dev.plainweave.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The certificate that the server shows, with its private key. TLS 1.3 and 1.2.
 *
 * <p>The files are looked at every 10 seconds; when they have changed they are loaded anew, and connections from then on get
 * the new certificate. A file that cannot be used leaves the old one in place, and one WARN in the log. See {@link
 * #reloadEvery} and {@link WebServer#reloadTls}.
 */
public final class Tls {
    private static final char[] NO_PASSWORD = {};

    private final List<Path> files;
    private final char[] password;
    private final Supplier<KeyStore> loader;
    private final KeyStore first;
    private final String firstPrint;
    private final Duration reloadInterval;

    private Tls(
            List<Path> files,
            char[] password,
            Supplier<KeyStore> loader,
            KeyStore first,
            String firstPrint,
            Duration reloadInterval) {
        this.files = files;
        this.password = password;
        this.loader = loader;
        this.first = first;
        this.firstPrint = firstPrint;
        this.reloadInterval = reloadInterval;
    }

    private static Tls of(List<Path> files, char[] password, Supplier<KeyStore> loader) {
        String print = fingerprint(files); // before they are read: a change while they are is seen later
        return new Tls(files, password, loader, loader.get(), print, Duration.ofSeconds(10));
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
        return of(List.of(certificates, key), NO_PASSWORD, () -> Pem.keyStore(certificates, key));
    }

    /**
     * A key store file, PKCS12 or JKS.
     *
     * @throws IllegalArgumentException when it cannot be read or opened, saying why
     */
    public static Tls keyStore(Path file, String password) {
        Objects.requireNonNull(password, "password");
        char[] characters = password.toCharArray();
        return of(List.of(file), characters, () -> open(file, characters));
    }

    private static KeyStore open(Path file, char[] password) {
        try {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("the key store " + file + " cannot be read");
            }
            return KeyStore.getInstance(file.toFile(), password);
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "the key store " + file + " cannot be opened: " + unusable.getMessage(), unusable);
        }
    }

    /** The same, with its files looked at that often; zero for never. A change is taken up at the second look. */
    public Tls reloadEvery(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("the reload interval must not be negative, was " + interval);
        }
        return new Tls(files, password, loader, first, firstPrint, interval);
    }

    Duration reloadInterval() {
        return reloadInterval;
    }

    /** Loads the files as they are now. */
    KeyStore load() {
        return loader.get();
    }

    /** The {@link #fingerprint} of what was loaded first. */
    String firstFingerprint() {
        return firstPrint;
    }

    /** Something that changes with the files: their times and sizes. Empty while one is missing. */
    String fingerprint() {
        return fingerprint(files);
    }

    private static String fingerprint(List<Path> files) {
        StringBuilder print = new StringBuilder();
        for (Path file : files) {
            try {
                print.append(Files.getLastModifiedTime(file).toMillis())
                        .append('/')
                        .append(Files.size(file));
            } catch (IOException missing) {
                return "";
            }
            print.append(' ');
        }
        return print.toString();
    }

    SslContextFactory.Server sslContextFactory() {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(first);
        factory.setKeyStorePassword(new String(password));
        factory.setSniRequired(false);
        return factory;
    }

    @Override
    public String toString() {
        return files.stream()
                .map(Path::toString)
                .reduce((a, b) -> a + " and " + b)
                .orElse("nothing");
    }
}
