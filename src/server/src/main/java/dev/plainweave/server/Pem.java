package dev.plainweave.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a PEM pair (RFC 7468) into a key store. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final byte[] RSA_IDENTIFIER = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private Pem() {}

    static KeyStore keyStore(Path certificates, Path key) {
        try {
            List<Certificate> chain = certificates(certificates);
            PrivateKey privateKey = privateKey(key);
            if (!belongTogether(chain.get(0), privateKey)) {
                throw new IllegalArgumentException(
                        "the certificate " + certificates + " and the key " + key + " do not belong together");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey, new char[0], chain.toArray(new Certificate[0]));
            return store;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "the certificate " + certificates + " and the key " + key + " cannot be used: "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    /** What the key signs, the certificate must verify. */
    private static boolean belongTogether(Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        PublicKey publicKey = certificate.getPublicKey();
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            byte[] sample = {1, 2, 3};
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(sample);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(sample);
            return verifier.verify(signer.sign());
        } catch (InvalidKeyException otherAlgorithm) {
            return false;
        }
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> chain = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text(file)); block.find(); ) {
            if (block.group(1).endsWith("CERTIFICATE")) {
                chain.add(factory.generateCertificate(new ByteArrayInputStream(bytes(block))));
            }
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate in " + file + ", expected BEGIN CERTIFICATE");
        }
        return chain;
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        for (Matcher block = BLOCK.matcher(text(file)); block.find(); ) {
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return pkcs8(file, bytes(block));
                }
                case "RSA PRIVATE KEY" -> {
                    if (block.group(2).contains("ENCRYPTED")) {
                        throw encrypted(file);
                    }
                    return pkcs8(file, wrapRsa(bytes(block)));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw encrypted(file);
                case "EC PRIVATE KEY" ->
                    throw new IllegalArgumentException("the key in " + file
                            + " is in the older SEC1 form; convert it: openssl pkcs8 -topk8 -nocrypt -in " + file);
                default -> {} // EC PARAMETERS, or a certificate in the same file
            }
        }
        throw new IllegalArgumentException("no private key in " + file + ", expected BEGIN PRIVATE KEY");
    }

    private static IllegalArgumentException encrypted(Path file) {
        return new IllegalArgumentException("the key in " + file + " is encrypted; decrypt it (openssl pkey -in " + file
                + "), or use a PKCS12 key store");
    }

    private static PrivateKey pkcs8(Path file, byte[] encoded) throws GeneralSecurityException {
        PKCS8EncodedKeySpec specification = new PKCS8EncodedKeySpec(encoded);
        GeneralSecurityException last = new GeneralSecurityException("no algorithm for the key in " + file);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(specification);
            } catch (GeneralSecurityException other) {
                last.addSuppressed(other);
            }
        }
        throw last;
    }

    /** PKCS#1 to PKCS#8: the key in an octet string, after a version and the name of the algorithm (RFC 5958). */
    private static byte[] wrapRsa(byte[] key) {
        byte[] octets = tagged(0x04, key);
        byte[] version = {0x02, 0x01, 0x00};
        byte[] content = new byte[version.length + RSA_IDENTIFIER.length + octets.length];
        System.arraycopy(version, 0, content, 0, version.length);
        System.arraycopy(RSA_IDENTIFIER, 0, content, version.length, RSA_IDENTIFIER.length);
        System.arraycopy(octets, 0, content, version.length + RSA_IDENTIFIER.length, octets.length);
        return tagged(0x30, content);
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        byte[] all = new byte[head.length + length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, length);
        return all;
    }

    private static byte[] bytes(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(2));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot read " + file + ": " + unreadable.getMessage(), new UncheckedIOException(unreadable));
        }
    }
}
