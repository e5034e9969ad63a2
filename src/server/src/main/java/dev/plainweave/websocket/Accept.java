package dev.plainweave.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The handshake's proof that the server understood it (RFC 6455, sections 1.3 and 4.2.2). */
final class Accept {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_LENGTH = 24;
    private static final int NONCE_LENGTH = 16;

    private Accept() {}

    /** The value of {@code Sec-WebSocket-Accept} for that value of {@code Sec-WebSocket-Key}. */
    static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 (see MessageDigest), this one has not", e);
        }
    }

    /** Whether that is a key: the Base64 form of 16 bytes, with its padding and nothing around it. */
    static boolean validKey(String key) {
        if (key.length() != KEY_LENGTH) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == NONCE_LENGTH;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
