package dev.plainweave.websocket;

import static dev.plainweave.websocket.ClientFrames.octets;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The validator against the JDK's decoder. */
class Utf8Test {
    private static final int VALID = -1;
    private static final int UNFINISHED = -2;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(256);

    /** The index of the first byte after which no text is possible, or VALID, or UNFINISHED. */
    private static int firstBad(byte[] bytes) {
        int state = Utf8.ACCEPT;
        for (int i = 0; i < bytes.length; i++) {
            state = Utf8.advance(state, bytes, i, i + 1);
            if (state == Utf8.REJECT) {
                return i;
            }
        }
        return state == Utf8.ACCEPT ? VALID : UNFINISHED;
    }

    /** The same by the JDK: it reports the longest beginning of a character, and what follows that is the bad byte. */
    private int firstBadByJdk(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        chars.clear();
        decoder.reset();
        CoderResult result = decoder.decode(in, chars, false);
        int start = in.position();
        // The JDK's decoder waits for a surrogate's third byte, although its second one decides.
        if (in.remaining() > 1 && bytes[start] == (byte) 0xed && (bytes[start + 1] & 0xe0) == 0xa0) {
            return start + 1;
        }
        if (!result.isError()) {
            return in.hasRemaining() ? UNFINISHED : VALID;
        }
        return start + (isLead(bytes[start] & 0xff) ? result.length() : 0);
    }

    private static boolean isLead(int b) {
        return b >= 0xc2 && b <= 0xf4;
    }

    private void check(byte[] bytes, Random random) {
        int expected = firstBadByJdk(bytes);
        assertEquals(expected, firstBad(bytes), () -> HexFormat.of().formatHex(bytes));
        int state = Utf8.advance(Utf8.ACCEPT, bytes, 0, bytes.length);
        int verdict = state == Utf8.ACCEPT ? VALID : state == Utf8.REJECT ? 0 : UNFINISHED;
        assertEquals(Math.min(expected, 0), verdict, () -> HexFormat.of().formatHex(bytes));
        int cut = random.nextInt(bytes.length + 1);
        int split = Utf8.advance(Utf8.advance(Utf8.ACCEPT, bytes, 0, cut), bytes, cut, bytes.length);
        assertEquals(state, split);
    }

    @Test
    void everyPairOfBytes() {
        Random random = new Random(1);
        for (int pair = 0; pair < 1 << 16; pair++) {
            check(octets(pair >> 8, pair), random);
        }
    }

    @Test
    void everyLeadWithEveryTwoThatCount() {
        Random random = new Random(2);
        int[] edges = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xf5, 0xff};
        for (int lead = 0x80; lead < 0x100; lead++) {
            for (int second : edges) {
                for (int third : edges) {
                    for (int fourth : edges) {
                        check(octets(lead, second, third, fourth), random);
                    }
                }
            }
        }
    }

    @Test
    void everyCharacter() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                assertEquals(Utf8.ACCEPT, Utf8.advance(Utf8.ACCEPT, bytes, 0, bytes.length));
            }
        }
    }

    @Test
    void randomTextWithRandomFaults() {
        Random random = new Random(3629);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            while (text.length() < length) {
                text.append("a".repeat(random.nextInt(12))).appendCodePoint(1 + random.nextInt(0xd7ff));
                text.appendCodePoint(0x10000 + random.nextInt(0x100000));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextInt(4) > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            check(bytes, random);
        }
    }

    @Test
    void staysRejected() {
        assertEquals(Utf8.REJECT, Utf8.advance(Utf8.REJECT, octets('a', 'b'), 0, 2));
        assertEquals(Utf8.REJECT, Utf8.advance(Utf8.ACCEPT, octets(0xff, 'a', 'b'), 0, 3));
    }
}
