package dev.plainweave.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Clicks on the button of a counting page. An answer is the frame in which the label shows the next number, on the frame
 * before it; each click goes together with the acknowledgement of that frame, as a browser
 * sends it. What may come besides is
 * that the event has been accepted, and whether the page is busy.
 */
public final class ClickExchange implements Exchange {
    private static final int MOST = 256;
    private static final int MASK = 0x35A7C91E;
    private static final String BUSY = "\"busy\":true";

    private final int label;
    private final int button;
    private final ByteBuffer request = ByteBuffer.allocateDirect(MOST);
    private final byte[] frame = new byte[MOST];
    private int filled;
    private volatile long sent;
    private volatile long answered;
    private long lastFrame = 1;
    private long acknowledged;
    /** The number that was read last. */
    private long parsed;

    public ClickExchange(LiveTab tab) {
        label = tab.label();
        button = tab.button();
    }

    @Override
    public ByteBuffer next() {
        long number = sent + 1;
        request.clear();
        if (number > 1) {
            put("{\"ack\":" + lastFrame + "}");
        }
        put("{\"event\":" + number + ",\"frame\":" + lastFrame + ",\"id\":" + button
                + ",\"type\":\"click\",\"data\":{}}");
        sent = number;
        return request.flip();
    }

    private void put(String message) {
        request.put(Frames.masked(Frames.TEXT, message.getBytes(StandardCharsets.US_ASCII), MASK));
    }

    @Override
    public int received(ByteBuffer chunk) {
        int completed = 0;
        while (chunk.hasRemaining()) {
            frame[filled++] = chunk.get();
            if (filled > 1 && filled == 2 + frame[1]) {
                completed += message() ? 1 : 0;
                filled = 0;
            } else if (filled == MOST || (filled == 2 && (frame[0] != (byte) 0x81 || frame[1] < 0 || frame[1] > 125))) {
                throw wrong();
            }
        }
        return completed;
    }

    /** Whether it is the answer. */
    private boolean message() {
        boolean answer = has(2, "{\"n\":");
        int at = answer ? number(2 + "{\"n\":".length(), lastFrame + 1) : text(2, "{");
        if (answer) {
            at = number(text(at, ",\"base\":"), lastFrame);
            lastFrame++;
        }
        String comma = answer ? "," : "";
        if (has(at, comma + "\"ack\":")) {
            at = number(at + comma.length() + "\"ack\":".length(), acknowledged, sent);
            acknowledged = parsed;
            comma = ",";
        }
        at = has(at, comma + BUSY) ? at + comma.length() + BUSY.length() : at;
        if (answer) {
            at = number(text(at, ",\"state\":[["), label);
            at = number(text(at, ",{\".text\":\""), answered + 1);
            at = text(at, "\"}]]");
        }
        at = text(at, "}");
        if (at != filled || (answer && (answered == sent || acknowledged < sent))) {
            throw wrong();
        }
        long number = answered;
        answered = answer ? number + 1 : number;
        return answer;
    }

    private boolean has(int at, String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (at + i >= filled || frame[at + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int text(int at, String expected) {
        if (!has(at, expected)) {
            throw wrong();
        }
        return at + expected.length();
    }

    private int number(int at, long expected) {
        return number(at, expected, expected);
    }

    private int number(int at, long least, long most) {
        long value = 0;
        int end = at;
        while (end < filled && frame[end] >= '0' && frame[end] <= '9') {
            value = value * 10 + frame[end++] - '0';
        }
        if (end == at || value < least || value > most) {
            throw wrong();
        }
        parsed = value;
        return end;
    }

    private LoadException wrong() {
        return new LoadException("after answer " + answered + " of " + sent + ", frame " + lastFrame
                + ": did not expect " + new String(frame, 0, filled, StandardCharsets.ISO_8859_1));
    }

    @Override
    public long outstanding() {
        return sent - answered;
    }
}
