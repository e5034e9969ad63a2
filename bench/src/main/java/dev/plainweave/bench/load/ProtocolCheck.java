package dev.plainweave.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a WebSocket echo must do with good and with bad frames (RFC 6455), asked of the very process that is measured next:
 * a server that checks nothing is fast, and the reader of a figure shall know.
 */
public final class ProtocolCheck {
    private static final int MASK = 0x1B2C3D4E;
    private static final int CONTINUATION = 0x0;
    private static final int BINARY = 0x2;
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    /** One case: what is asked on a fresh connection, which throws unless the answer is right. */
    private record Case(String name, Question question) {}

    @FunctionalInterface
    private interface Question {
        void ask(Client client) throws IOException;
    }

    private static final List<Case> CASES = List.of(
            new Case("text of 0, 125, 126 and 40,000 bytes", client -> {
                for (int size : new int[] {0, 125, 126, 40_000}) {
                    byte[] payload = Frames.payload(1, 2, size);
                    client.send(Frames.masked(Frames.TEXT, payload, MASK));
                    client.expect(Frames.plain(Frames.TEXT, payload), "echo of " + size);
                }
            }),
            new Case("binary", client -> {
                client.send(Frames.masked(BINARY, HELLO, MASK));
                client.expect(Frames.plain(BINARY, HELLO), "binary echo");
            }),
            new Case("ping between fragments (5.4, 5.5.2)", client -> {
                client.send(unfinished(Frames.masked(Frames.TEXT, HELLO, MASK)));
                client.send(Frames.masked(Frames.PING, HELLO, MASK));
                client.expect(Frames.plain(Frames.PONG, HELLO), "pong");
                client.send(Frames.masked(CONTINUATION, HELLO, MASK));
                client.expect(
                        Frames.plain(Frames.TEXT, "hellohello".getBytes(StandardCharsets.US_ASCII)), "whole message");
            }),
            new Case("Close is answered (5.5.1)", closing(Frames.closeNormally(MASK), 1000)),
            new Case("not masked (5.1)", closing(Frames.plain(Frames.TEXT, HELLO), 1002)),
            new Case("reserved opcode (5.2)", closing(Frames.masked(0x3, HELLO, MASK), 1002)),
            new Case("RSV1 without an extension (5.2)", closing(rsv1(Frames.masked(Frames.TEXT, HELLO, MASK)), 1002)),
            new Case(
                    "control frame in fragments (5.5)",
                    closing(unfinished(Frames.masked(Frames.PING, HELLO, MASK)), 1002)),
            new Case(
                    "control frame of 126 bytes (5.5)", closing(Frames.masked(Frames.PING, new byte[126], MASK), 1002)),
            new Case("continuation of nothing (5.4)", closing(Frames.masked(CONTINUATION, HELLO, MASK), 1002)),
            new Case("message inside a message (5.4)", client -> {
                client.send(unfinished(Frames.masked(Frames.TEXT, HELLO, MASK)));
                closing(Frames.masked(Frames.TEXT, HELLO, MASK), 1002).ask(client);
            }),
            new Case(
                    "not UTF-8 (8.1)",
                    closing(Frames.masked(Frames.TEXT, new byte[] {'a', (byte) 0xC0, 0x20}, MASK), 1007)),
            new Case("Close of one byte (5.5.1)", closing(Frames.masked(Frames.CLOSE, new byte[] {3}, MASK), 1002)),
            new Case(
                    "Close with code 1005 (7.4.1)",
                    closing(Frames.masked(Frames.CLOSE, new byte[] {3, (byte) 0xED}, MASK), 1002)));

    private ProtocolCheck() {}

    /** How many cases there are. */
    public static int cases() {
        return CASES.size();
    }

    /**
     * Asks every case, a connection each, and returns those that the server did not pass, with what it did instead.
     *
     * @param patienceMillis how long an answer may take: on a busy machine a server's first ones take their time
     */
    public static List<String> violations(InetSocketAddress server, Handshake handshake, int patienceMillis) {
        List<String> violations = new ArrayList<>();
        int n = 0;
        for (Case each : CASES) {
            try (Client client = Client.connect(server)) {
                client.upgrade(handshake, n++);
                client.patience(patienceMillis);
                each.question().ask(client);
            } catch (IOException | LoadException wrong) {
                violations.add(each.name() + ": " + wrong.getMessage());
            }
        }
        return violations;
    }

    private static Question closing(byte[] sent, int code) {
        return client -> {
            client.send(sent);
            int answered = client.closeCode();
            if (answered != code) {
                throw new LoadException("closed with " + answered + " instead of " + code);
            }
        };
    }

    private static byte[] unfinished(byte[] frame) {
        return withFirst(frame, frame[0] & 0x7F);
    }

    private static byte[] rsv1(byte[] frame) {
        return withFirst(frame, frame[0] | 0x40);
    }

    private static byte[] withFirst(byte[] frame, int first) {
        byte[] changed = Arrays.copyOf(frame, frame.length);
        changed[0] = (byte) first;
        return changed;
    }
}
