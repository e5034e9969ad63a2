package dev.plainweave.websocket;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What browsers say of themselves, kept once for all sessions that say the same: most of a handshake's bytes are alike for
 * every visitor with the same browser in the same language. Safe for any thread.
 */
final class SharedHeaders {
    /** More than a server's visitors have browsers; who makes up new ones drives out the others, and nothing else. */
    static final int MAX_BLOCKS = 1_000;
    /** A larger block is nothing that others say too. */
    static final int MAX_BYTES = 1_024;

    private static final Map<ByteBuffer, byte[]> KNOWN = new ConcurrentHashMap<>();

    private SharedHeaders() {}

    /** These bytes, or equal ones that others have already. They must not be changed any more. */
    static byte[] share(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return bytes;
        }
        ByteBuffer content = ByteBuffer.wrap(bytes);
        byte[] known = KNOWN.get(content);
        if (known != null) {
            return known;
        }
        if (KNOWN.size() >= MAX_BLOCKS) {
            KNOWN.clear();
        }
        byte[] first = KNOWN.putIfAbsent(content, bytes);
        return first == null ? bytes : first;
    }

    /** How many are kept. */
    static int size() {
        return KNOWN.size();
    }
}
