package dev.plainweave.websocket;

import static dev.plainweave.websocket.ClientFrames.FIN;
import static dev.plainweave.websocket.ClientFrames.octets;
import static dev.plainweave.websocket.FrameWriter.BINARY;
import static dev.plainweave.websocket.FrameWriter.CONTINUATION;
import static dev.plainweave.websocket.FrameWriter.PING;
import static dev.plainweave.websocket.FrameWriter.PONG;
import static dev.plainweave.websocket.FrameWriter.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send, and when it comes out. */
class FrameReaderTest {
    private static final int LIMIT = 1 << 20;

    private static List<String> events(ClientFrames frames) {
        return Feed.events(LIMIT, false, frames.bytes());
    }

    @Test
    void readsTheExampleOfRfc6455Section57() {
        byte[] hello = octets(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58);
        assertEquals(List.of("text Hello"), Feed.events(LIMIT, false, hello));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 124, 125, 126, 127, 128, 1000, 0xfffe, 0xffff, 0x10000, 0x10001, 200_000})
    void readsPayloadsOfEveryKindOfLength(int length) {
        String text = "abcdefghij".repeat(length / 10 + 1).substring(0, length);
        String wide = "é".repeat(length / 2) + "x".repeat(length % 2);
        assertEquals(
                List.of("text " + text, "binary " + text, "text " + wide),
                events(new ClientFrames().text(text).frame(FIN | BINARY, text).text(wide)));
    }

    @Test
    void readsTextBeyondAscii() {
        String text = "Hello-µ@ßöäüàá-UTF-8!! κόσμε \uD83D\uDE00\uDBFF\uDFFF\0\uFFFF";
        assertEquals(List.of("text " + text), events(new ClientFrames().text(text)));
    }

    @Test
    void joinsFragmentsWhereverACharacterIsCut() {
        byte[] text = ClientFrames.utf8("κόσμε\uD83D\uDE00");
        ClientFrames frames = new ClientFrames().frame(TEXT, "");
        for (byte b : text) {
            frames.frame(CONTINUATION, octets(b)).ping("p");
        }
        List<String> events = events(frames.frame(FIN, ""));
        assertEquals(text.length + 1, events.size());
        assertEquals("text κόσμε\uD83D\uDE00", events.getLast());
    }

    @Test
    void readsControlFramesBetweenFragments() {
        ClientFrames frames = new ClientFrames()
                .frame(BINARY, "ab")
                .ping("x".repeat(125))
                .frame(CONTINUATION, "")
                .frame(FIN | PONG, "")
                .frame(FIN, "cd")
                .close(1000, "bye");
        assertEquals(List.of("ping " + "x".repeat(125), "pong ", "binary abcd", "close 1000 bye"), events(frames));
    }

    @Test
    void readsACloseInTheMiddleOfAMessage() {
        ClientFrames frames = new ClientFrames().frame(TEXT, "ab").close(1001, "");
        assertEquals(List.of("close 1001 ", "unfinished"), events(frames));
    }

    @Test
    void aBinaryMessageIsTheReceiversOwn() throws ProtocolException {
        for (ClientFrames frames : List.of(
                new ClientFrames().frame(FIN | BINARY, "abc"),
                new ClientFrames().frame(BINARY, "a").frame(FIN, "bc"))) {
            byte[] array = frames.bytes();
            Incoming event = new FrameReader(LIMIT, false).read(ByteBuffer.wrap(array), false);
            Arrays.fill(array, (byte) 0);
            assertEquals("binary abc", Feed.line(event));
            ByteBuffer data = ((Message.Binary) ((Incoming.Data) event).message()).data();
            assertEquals(3, data.capacity());
        }
    }

    @Test
    void knowsWhenThePeerOwesTheRest() throws ProtocolException {
        FrameReader reader = new FrameReader(LIMIT, false);
        byte[] bytes =
                new ClientFrames().frame(TEXT, "ab").frame(FIN, "c").ping("p").bytes();
        int messageEnd = new ClientFrames().frame(TEXT, "ab").frame(FIN, "c").bytes().length;
        assertFalse(reader.midMessage());
        for (int i = 0; i < bytes.length; i++) {
            reader.read(ByteBuffer.wrap(bytes, i, 1), false);
            assertEquals(i + 1 != messageEnd && i + 1 != bytes.length, reader.midMessage(), "after byte " + i);
        }
    }

    @Test
    void holdsDataBackWhileOnlyControlFramesAreWanted() throws ProtocolException {
        FrameReader reader = new FrameReader(LIMIT, false);
        ByteBuffer input = ByteBuffer.wrap(
                new ClientFrames().ping("1").text("data").ping("2").bytes());
        assertEquals("ping 1", Feed.line(reader.read(input, true)));
        assertFalse(reader.heldBack());
        int before = input.position();
        for (int again = 0; again < 2; again++) {
            assertNull(reader.read(input, true));
            assertTrue(reader.heldBack());
            assertEquals(before, input.position());
            assertFalse(reader.midMessage());
        }
        assertEquals("text data", Feed.line(reader.read(input, false)));
        assertFalse(reader.heldBack());
        assertEquals("ping 2", Feed.line(reader.read(input, true)));
        assertNull(reader.read(input, true));
        assertFalse(reader.heldBack());
    }

    @Test
    void holdsBackAContinuationToo() throws ProtocolException {
        FrameReader reader = new FrameReader(LIMIT, false);
        ByteBuffer input = ByteBuffer.wrap(
                new ClientFrames().frame(TEXT, "a").frame(FIN, "b").bytes());
        input.limit(7);
        assertNull(reader.read(input, false));
        input.limit(input.capacity());
        assertNull(reader.read(input, true));
        assertTrue(reader.heldBack());
        assertEquals(7, input.position());
        assertEquals("text ab", Feed.line(reader.read(input, false)));
    }

    @Test
    void readsASplitControlFrameWhileOnlyControlFramesAreWanted() throws ProtocolException {
        FrameReader reader = new FrameReader(LIMIT, false);
        byte[] ping = new ClientFrames().ping("abc").bytes();
        for (int i = 0; i < ping.length - 1; i++) {
            assertNull(reader.read(ByteBuffer.wrap(ping, i, 1), true));
            assertFalse(reader.heldBack());
        }
        assertEquals("ping abc", Feed.line(reader.read(ByteBuffer.wrap(ping, ping.length - 1, 1), true)));
    }

    @Test
    void stopsInADataFrameThatHasBegun() throws ProtocolException {
        FrameReader reader = new FrameReader(LIMIT, false);
        ByteBuffer input = ByteBuffer.wrap(new ClientFrames().text("abc").bytes());
        input.limit(1);
        assertNull(reader.read(input, false));
        input.limit(input.capacity());
        assertNull(reader.read(input, true));
        assertTrue(reader.heldBack());
        assertEquals(1, input.position());
        assertEquals("text abc", Feed.line(reader.read(input, false)));
    }

    @Test
    void theFirstViolationIsFinal() {
        FrameReader reader = new FrameReader(LIMIT, false);
        ByteBuffer input = ByteBuffer.wrap(
                new ClientFrames().frame(FIN | 3, "").text("fine").bytes());
        ProtocolException first = assertThrows(ProtocolException.class, () -> reader.read(input, false));
        assertSame(first, assertThrows(ProtocolException.class, () -> reader.read(input, true)));
        assertEquals(0, first.getStackTrace().length);
        assertFalse(reader.midMessage());
    }

    @Test
    void controlFramesNeedNoData() {
        assertEquals(
                List.of("ping ", "pong x"),
                events(new ClientFrames().frame(FIN | PING, "").frame(FIN | PONG, "x")));
    }
}
