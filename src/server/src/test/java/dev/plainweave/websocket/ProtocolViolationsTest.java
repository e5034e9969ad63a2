package dev.plainweave.websocket;

import static dev.plainweave.websocket.ClientFrames.FIN;
import static dev.plainweave.websocket.ClientFrames.RSV1;
import static dev.plainweave.websocket.ClientFrames.RSV2;
import static dev.plainweave.websocket.ClientFrames.RSV3;
import static dev.plainweave.websocket.ClientFrames.octets;
import static dev.plainweave.websocket.FrameWriter.BINARY;
import static dev.plainweave.websocket.FrameWriter.CLOSE;
import static dev.plainweave.websocket.FrameWriter.CONTINUATION;
import static dev.plainweave.websocket.FrameWriter.PING;
import static dev.plainweave.websocket.FrameWriter.PONG;
import static dev.plainweave.websocket.FrameWriter.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may not send, with which code it is answered, and how soon. */
class ProtocolViolationsTest {
    private static final int LIMIT = 1000;

    /** The last event of the bytes, and a check that the first of them already give it, without the rest. */
    private static void refused(String expected, int decisive, boolean deflate, ClientFrames frames) {
        byte[] bytes = frames.bytes();
        assertEquals(expected, Feed.events(LIMIT, deflate, bytes).getLast());
        byte[] first = Arrays.copyOf(bytes, decisive);
        assertEquals(expected, Feed.events(LIMIT, deflate, first).getLast(), "not as soon as it shows");
    }

    private static void refused(String expected, int decisive, ClientFrames frames) {
        refused(expected, decisive, false, frames);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void reservedOpcodes(int opcode) {
        refused("1002 reserved opcode " + opcode, 1, new ClientFrames().frame(FIN | opcode, "x"));
        refused("1002 reserved opcode " + opcode, 1, new ClientFrames().frame(opcode, "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY, CLOSE, PING, PONG})
    void reservedBits(int opcode) {
        for (boolean deflate : new boolean[] {false, true}) {
            refused("1002 RSV2 or RSV3 set", 1, deflate, new ClientFrames().frame(FIN | RSV2 | opcode, ""));
            refused("1002 RSV2 or RSV3 set", 1, deflate, new ClientFrames().frame(FIN | RSV3 | opcode, ""));
        }
        refused("1002 RSV1 set", 1, new ClientFrames().frame(FIN | RSV1 | opcode, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {CONTINUATION, CLOSE, PING, PONG})
    void compressionBitOnlyOnAMessagesFirstFrame(int opcode) {
        ClientFrames frames = new ClientFrames().frame(TEXT, "a");
        refused("1002 RSV1 set", 8, true, frames.frame(FIN | RSV1 | opcode, ""));
    }

    @Test
    void unmaskedFrames() {
        refused("1002 frame is not masked", 2, new ClientFrames().raw(octets(0x81, 0x01, 0x41)));
        refused("1002 frame is not masked", 2, new ClientFrames().raw(octets(0x89, 0x00)));
        refused("1002 frame is not masked", 2, new ClientFrames().raw(octets(0x82, 126, 1, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {CLOSE, PING, PONG})
    void controlFramesThatAreLongOrFragmented(int opcode) {
        refused("1002 fragmented control frame", 1, new ClientFrames().frame(opcode, "x"));
        refused(
                "1002 control frame of more than 125 bytes",
                2,
                new ClientFrames().frame(FIN | opcode, "x".repeat(126)));
        refused("1002 control frame of more than 125 bytes", 2, new ClientFrames().header(FIN | opcode, 1 << 20));
    }

    @ParameterizedTest
    @CsvSource({"126, 0", "126, 1", "126, 125", "127, 0", "127, 125", "127, 126", "127, 65535"})
    void lengthsNotInTheirShortestForm(int form, long length) {
        ByteBuffer bytes =
                ByteBuffer.allocate(form == 126 ? 4 : 10).put((byte) 0x82).put((byte) (0x80 | form));
        bytes = form == 126 ? bytes.putShort((short) length) : bytes.putLong(length);
        ClientFrames frames = new ClientFrames().raw(bytes.array()).raw(new byte[4 + (int) length]);
        refused("1002 frame length is not in its shortest form", bytes.capacity(), frames);
    }

    @Test
    void lengthsWithTheTopBit() {
        ClientFrames frames = new ClientFrames().header(FIN | BINARY, 1L << 32);
        byte[] bytes = frames.bytes();
        bytes[2] = (byte) 0x80;
        refused("1002 frame length has its top bit set", 10, new ClientFrames().raw(bytes));
    }

    @Test
    void continuationOfNothing() {
        refused("1002 continuation of nothing", 1, new ClientFrames().frame(FIN, "x"));
        refused("1002 continuation of nothing", 1, new ClientFrames().frame(CONTINUATION, ""));
        refused("1002 continuation of nothing", 8, new ClientFrames().text("a").frame(CONTINUATION, "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY, FIN | TEXT, FIN | BINARY})
    void newMessageInsideAFragmentedOne(int first) {
        refused(
                "1002 new message inside a fragmented one",
                8,
                new ClientFrames().frame(TEXT, "a").frame(first, "b"));
    }

    @Test
    void messagesBeyondTheLimit() {
        String expected = "1009 message is larger than 1000 bytes";
        refused(expected, 4, new ClientFrames().frame(FIN | TEXT, "x".repeat(1001)));
        refused(expected, 10, new ClientFrames().header(FIN | BINARY, Long.MAX_VALUE));
        assertEquals(
                List.of("text " + "x".repeat(1000)),
                Feed.events(
                        LIMIT, false, new ClientFrames().text("x".repeat(1000)).bytes()));
        ClientFrames fragments = new ClientFrames().frame(BINARY, new byte[500]).frame(CONTINUATION, new byte[500]);
        int before = fragments.bytes().length;
        assertEquals(
                "binary " + "\0".repeat(1000),
                Feed.events(
                                LIMIT,
                                false,
                                new ClientFrames()
                                        .raw(fragments.bytes())
                                        .frame(FIN, "")
                                        .bytes())
                        .getLast());
        refused(
                expected,
                before + 6 + 2,
                fragments.ping("").frame(FIN, "x").ping("").frame(FIN, ""));
    }

    static IntStream badCodes() {
        return IntStream.of(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535);
    }

    @ParameterizedTest
    @MethodSource("badCodes")
    void invalidCloseCodes(int code) {
        byte[] payload = octets(code >> 8, code);
        refused("1002 invalid close code " + code, 8, new ClientFrames().frame(FIN | CLOSE, payload));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void validCloseCodes(int code) {
        assertEquals(
                List.of("close " + code + " why é"),
                Feed.events(
                        LIMIT, false, new ClientFrames().close(code, "why é").bytes()));
    }

    @Test
    void closePayloads() {
        assertEquals(
                List.of("close 1005 "),
                Feed.events(
                        LIMIT, false, new ClientFrames().frame(FIN | CLOSE, "").bytes()));
        assertEquals(
                List.of("close 1000 " + "x".repeat(123)),
                Feed.events(
                        LIMIT,
                        false,
                        new ClientFrames().close(1000, "x".repeat(123)).bytes()));
        refused("1002 Close payload of one byte", 7, new ClientFrames().frame(FIN | CLOSE, "x"));
        String expected = "1007 close reason is not UTF-8";
        refused(expected, 9, new ClientFrames().frame(FIN | CLOSE, octets(0x03, 0xe8, 0xff)));
        refused(expected, 10, new ClientFrames().frame(FIN | CLOSE, octets(0x03, 0xe8, 0xe2, 0x82)));
    }

    @Test
    void textThatIsNotUtf8IsRefusedAtItsFirstBadByte() {
        String expected = "1007 text is not UTF-8";
        byte[] bad = octets(0xce, 0xba, 0xe1, 0xbd, 0xb9, 0xed, 0xa0, 0x80, 0x65);
        refused(expected, 6 + 7, new ClientFrames().frame(FIN | TEXT, bad));
        refused(expected, 8 + 7, new ClientFrames().header(TEXT, 900).raw(masked(bad)));
        refused(expected, 6 + 5 + 6 + 1, new ClientFrames().frame(TEXT, "abcde").frame(CONTINUATION, octets(0x80)));
        refused(
                expected,
                6 + 2 + 6 + 1,
                new ClientFrames().frame(TEXT, octets(0xf4, 0x8f)).frame(FIN, octets(0x41)));
    }

    @Test
    void textThatEndsInsideACharacter() {
        refused("1007 text is not UTF-8", 8, new ClientFrames().frame(FIN | TEXT, octets(0xe2, 0x82)));
        ClientFrames fragments = new ClientFrames().frame(TEXT, octets(0xe2, 0x82));
        refused("1007 text is not UTF-8", 14, fragments.frame(FIN, ""));
    }

    @Test
    void binaryNeedNotBeText() {
        assertEquals(
                List.of("binary \u00ff\u00c0"),
                Feed.events(
                        LIMIT,
                        false,
                        new ClientFrames()
                                .frame(FIN | BINARY, octets(0xff, 0xc0))
                                .bytes()));
    }

    /** Random bytes, some of them made to look like frames, end in events or in one ProtocolException. */
    @Test
    void randomBytesNeverDoWorse() {
        Random random = new Random(6455);
        int failures = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && round % 4 != 0) {
                bytes[0] = octets(0x81, 0x82, 0x01, 0x89, 0xc1, 0x41, 0x88, 0x02)[random.nextInt(8)];
                bytes[1] = (byte) (0x80 | random.nextInt(40));
            }
            List<String> events = Feed.codes(100, random.nextBoolean(), bytes);
            failures += !events.isEmpty() && events.getLast().matches("100[279]") ? 1 : 0;
        }
        assertTrue(failures > 1_000, "only " + failures + " failed");
    }

    @Test
    void reportsToThePeerFitACloseFrame() {
        FrameReader reader = new FrameReader(LIMIT, false);
        ByteBuffer input = ByteBuffer.wrap(
                new ClientFrames().header(FIN | TEXT, Long.MAX_VALUE).bytes());
        ProtocolException e = assertThrows(ProtocolException.class, () -> reader.read(input, false));
        FrameWriter.checkClose(e.code(), e.reason());
    }

    private static byte[] masked(byte[] bytes) {
        byte[] masked = bytes.clone();
        Mask.apply(masked, 0, masked.length, Mask.key(ClientFrames.KEY, 0));
        return masked;
    }
}
