package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SharedHeadersTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsAlikeIsKeptOnce() {
        byte[] first = SharedHeaders.share(bytes("user-agent:alike\n"));
        assertSame(first, SharedHeaders.share(bytes("user-agent:alike\n")));
        assertArrayEquals(bytes("user-agent:alike\n"), first);
        assertNotSame(first, SharedHeaders.share(bytes("user-agent:unlike\n")));
    }

    @Test
    void whoMakesUpBrowsersDoesNotFillTheMemory() {
        for (int i = 0; i < 3 * SharedHeaders.MAX_BLOCKS; i++) {
            SharedHeaders.share(bytes("user-agent:" + i + "\n"));
            assertTrue(SharedHeaders.size() <= SharedHeaders.MAX_BLOCKS);
        }
        int before = SharedHeaders.size();
        byte[] large = bytes("x".repeat(SharedHeaders.MAX_BYTES + 1));
        assertSame(large, SharedHeaders.share(large));
        assertTrue(SharedHeaders.size() == before, "a large one is nothing to be shared");
    }
}
