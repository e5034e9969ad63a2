package dev.plainweave.bench.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;

/**
 * The opening handshake of one server address and path, with the headers a desktop Chrome sends (about 650 bytes), and the
 * check of its answer (RFC 6455, section 4.1).
 */
public final class Handshake {
    private static final int KEYS = 64;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final byte[][] requests = new byte[KEYS][];
    private final String[] accepts = new String[KEYS];

    private Handshake(String scheme, String host, int port, String path, String extensions) {
        Random random = new Random(port);
        for (int i = 0; i < KEYS; i++) {
            byte[] nonce = new byte[16];
            random.nextBytes(nonce);
            String key = Base64.getEncoder().encodeToString(nonce);
            accepts[i] = accept(key);
            requests[i] =
                    request(scheme, host + ":" + port, path, key, extensions).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** As a browser sends it, permessage-deflate offered: messages may come back compressed. */
    public static Handshake browser(String host, int port, String path) {
        return new Handshake(
                "http", host, port, path, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
    }

    /** The same without an extension, so that an echo has exactly one right encoding. */
    public static Handshake plain(String host, int port, String path) {
        return new Handshake("http", host, port, path, "");
    }

    /** The same, of a page that came over TLS. */
    public static Handshake secure(String host, int port, String path) {
        return new Handshake("https", host, port, path, "");
    }

    /** The request bytes number {@code n}; a few different keys go round. */
    public byte[] request(int n) {
        return requests[Math.floorMod(n, KEYS)];
    }

    /** The same with one more cookie, {@code name=value}. */
    byte[] request(int n, String cookie) {
        return new String(request(n), StandardCharsets.US_ASCII)
                .replace("\r\nCookie: ", "\r\nCookie: " + cookie + "; ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Throws unless {@code head}, the response up to and without its empty line, accepts request number {@code n}. */
    public void verify(int n, String head) {
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new LoadException(
                    "upgrade refused: " + head.lines().findFirst().orElse(""));
        }
        String expected = accepts[Math.floorMod(n, KEYS)];
        if (!expected.equals(header(head, "Sec-WebSocket-Accept"))) {
            throw new LoadException("wrong Sec-WebSocket-Accept in: " + head);
        }
    }

    /** The value of a header in a response head, or the empty string. */
    public static String header(String head, String name) {
        for (int line = head.indexOf("\r\n"); line >= 0; line = head.indexOf("\r\n", line + 2)) {
            int colon = line + 2 + name.length();
            if (head.regionMatches(true, line + 2, name, 0, name.length())
                    && colon < head.length()
                    && head.charAt(colon) == ':') {
                int end = head.indexOf("\r\n", colon);
                return head.substring(colon + 1, end < 0 ? head.length() : end).strip();
            }
        }
        return "";
    }

    /** Sec-WebSocket-Accept for a Sec-WebSocket-Key. */
    public static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String request(String scheme, String authority, String path, String key, String extensions) {
        return "GET " + path + " HTTP/1.1\r\n"
                + "Host: " + authority + "\r\n"
                + "Connection: Upgrade\r\n"
                + "Pragma: no-cache\r\n"
                + "Cache-Control: no-cache\r\n"
                + "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                + "Chrome/142.0.0.0 Safari/537.36\r\n"
                + "Upgrade: websocket\r\n"
                + "Origin: " + scheme + "://" + authority + "\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Accept-Encoding: gzip, deflate, br, zstd\r\n"
                + "Accept-Language: en-GB,en;q=0.9,de-DE;q=0.8,de;q=0.7\r\n"
                + "Cookie: session=0f5c2d7e9b1a4c3d8e6f7a0b1c2d3e4f; theme=dark; consent=necessary; "
                + "_visitor=GA1.1.1290417482.1731500000\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + extensions
                + "\r\n";
    }
}
