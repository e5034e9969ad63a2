package dev.plainweave.bench.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final Handshake handshake = Handshake.browser("127.0.0.1", 8080, "/echo");

    @Test
    void acceptIsThatOfTheExampleInRfc6455Section1_3() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Handshake.accept("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void aBrowsersRequestHasABrowsersSize() {
        int size = handshake.request(0).length;
        assertTrue(size >= 600 && size <= 760, size + " bytes");
    }

    @Test
    void onlyTheRightAcceptPasses() {
        String request = new String(handshake.request(3), StandardCharsets.US_ASCII);
        String accept = Handshake.accept(Handshake.header(request, "Sec-WebSocket-Key"));
        String head = "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept: ";
        assertDoesNotThrow(() -> handshake.verify(3, head + accept));
        assertThrows(LoadException.class, () -> handshake.verify(4, head + accept));
        assertThrows(LoadException.class, () -> handshake.verify(3, "HTTP/1.1 403 Forbidden"));
    }
}
