package dev.plainweave.websocket;

import static dev.plainweave.websocket.ClientFrames.octets;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {
    private static byte[] header(int opcode, boolean fin, boolean rsv1, long length) {
        ByteBuffer out = ByteBuffer.allocate(FrameWriter.MAX_HEADER);
        FrameWriter.putHeader(out, opcode, fin, rsv1, length);
        assertEquals(FrameWriter.headerLength(length), out.position());
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void writesTheExamplesOfRfc6455Section57() {
        assertArrayEquals(octets(0x81, 0x05), header(FrameWriter.TEXT, true, false, 5));
        assertArrayEquals(octets(0x01, 0x03), header(FrameWriter.TEXT, false, false, 3));
        assertArrayEquals(octets(0x80, 0x02), header(FrameWriter.CONTINUATION, true, false, 2));
        assertArrayEquals(octets(0x89, 0x05), header(FrameWriter.PING, true, false, 5));
        assertArrayEquals(octets(0x8a, 0x05), header(FrameWriter.PONG, true, false, 5));
        assertArrayEquals(octets(0x82, 0x7e, 0x01, 0x00), header(FrameWriter.BINARY, true, false, 256));
        assertArrayEquals(octets(0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0), header(FrameWriter.BINARY, true, false, 65536));
    }

    @Test
    void usesTheShortestLength() {
        assertArrayEquals(octets(0xc1, 125), header(FrameWriter.TEXT, true, true, 125));
        assertArrayEquals(octets(0xc1, 126, 0, 126), header(FrameWriter.TEXT, true, true, 126));
        assertArrayEquals(octets(0x88, 126, 0xff, 0xff), header(FrameWriter.CLOSE, true, false, 65535));
        assertArrayEquals(
                octets(0x82, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
                header(FrameWriter.BINARY, true, false, Long.MAX_VALUE));
    }

    @Test
    void writesClosePayloads() {
        assertArrayEquals(octets(0x03, 0xe8), FrameWriter.closePayload(1000, ""));
        assertArrayEquals(octets(0x13, 0x87, 'h', 0xc3, 0xa9), FrameWriter.closePayload(4999, "hé"));
        assertEquals(0, FrameWriter.closePayload(1005, "").length);
        assertEquals(125, FrameWriter.closePayload(1000, "x".repeat(123)).length);
        assertThrows(IllegalArgumentException.class, () -> FrameWriter.closePayload(1000, "x".repeat(124)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1003, 1007, 1014, 3000, 4999})
    void acceptsAnApplicationsCode(int code) {
        assertDoesNotThrow(() -> FrameWriter.checkClose(code, "é".repeat(61)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 66536})
    void refusesOtherCodes(int code) {
        String message = assertThrows(IllegalArgumentException.class, () -> FrameWriter.checkClose(code, ""))
                .getMessage();
        assertTrue(message.contains("was " + code), message);
    }

    @Test
    void refusesALongReason() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> FrameWriter.checkClose(1000, "é".repeat(62)))
                .getMessage();
        assertTrue(message.contains("at most 123 bytes in UTF-8, was 124"), message);
    }
}
