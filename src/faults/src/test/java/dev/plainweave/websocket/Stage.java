package dev.plainweave.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How far a client has come when something befalls it. */
enum Stage {
    /** The connection is there, and nothing was sent. */
    ACCEPTED {
        @Override
        void comeTo(RawClient client, String name) {}

        @Override
        byte[] goesOn(int length) {
            return ascii("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        }

        @Override
        byte[] goodbye() {
            return ascii("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        }
    },
    /** In the middle of the client's hello. */
    TLS_HANDSHAKE {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.tcp().getOutputStream().write(ClientFrames.octets(22, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3));
        }

        @Override
        byte[] goesOn(int length) {
            return new byte[length];
        }
    },
    REQUEST_LINE {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.write(ascii("GET /a"));
        }

        @Override
        byte[] goesOn(int length) {
            return ascii("a".repeat(length));
        }
    },
    HEADERS {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.write(ascii("GET / HTTP/1.1\r\nHost: a\r\n"));
        }

        @Override
        byte[] goesOn(int length) {
            return ascii("X: " + "a".repeat(length - 5) + "\r\n");
        }
    },
    BODY {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.write(ascii("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNK));
        }

        @Override
        byte[] goesOn(int length) {
            return ascii(CHUNK);
        }
    },
    /** The handshake was sent, its answer not read. */
    UPGRADE {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.write(RawClient.request("/echo/" + name));
        }
    },
    FRAME_HEADER {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/echo/" + name).write(ClientFrames.octets(0x81));
        }

        @Override
        byte[] goesOn(int length) {
            byte[] frame = super.goesOn(length);
            byte[] from = Arrays.copyOfRange(frame, 1, frame.length + 1);
            from[frame.length - 1] = frame[0]; // of the next
            return from;
        }

        @Override
        byte[] goodbye() {
            byte[] last = super.goesOn(0);
            return new ClientFrames()
                    .raw(Arrays.copyOfRange(last, 1, last.length))
                    .close(1000, "")
                    .bytes();
        }
    },
    PAYLOAD {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/echo/" + name).write(new ClientFrames().header(0x81, 30_000));
        }

        @Override
        byte[] goesOn(int length) {
            return zeros(length);
        }
    },
    BETWEEN_FRAGMENTS {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/echo/" + name).write(new ClientFrames().frame(FrameWriter.TEXT, "begun"));
        }

        @Override
        byte[] goesOn(int length) {
            return new ClientFrames()
                    .frame(FrameWriter.CONTINUATION, "a".repeat(length))
                    .bytes();
        }
    },
    /** Between two messages. */
    OPEN {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/echo/" + name);
        }
    },
    /** While the server writes the body of an answer. */
    LARGE_RESPONSE {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.write(ascii("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
            client.in().readNBytes(100);
        }

        @Override
        boolean reads() {
            return true;
        }
    },
    /** While the server writes a message. */
    LARGE_MESSAGE {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/large/" + name).in().readNBytes(100);
        }

        @Override
        boolean reads() {
            return true;
        }
    },
    /** The server has sent a ping and waits for the pong. */
    PING {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/echo/" + name);
            if (client.read().opcode() != FrameWriter.PING) {
                throw new IOException("a ping was expected");
            }
        }

        @Override
        byte[] goesOn(int length) {
            return new ClientFrames().ping("a".repeat(Math.min(length, 125))).bytes();
        }
    },
    /** The server has sent its Close and waits for the answer. */
    CLOSE_HANDSHAKE {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/bye/" + name).readClose();
        }
    },
    /** The server is stopping, and has said so. */
    SHUTDOWN {
        @Override
        void comeTo(RawClient client, String name) throws IOException {
            client.upgrade("/echo/" + name);
        }
    };

    private static final String CHUNK = "64\r\n" + "a".repeat(100) + "\r\n";

    /** Whether a session may have been opened by now. */
    boolean session() {
        return compareTo(UPGRADE) >= 0 && this != LARGE_RESPONSE;
    }

    /** Whether the client's part is to read rather than to send. */
    boolean reads() {
        return false;
    }

    /** Whether what the server writes has no end, so that a client must not wait for it. */
    boolean endless() {
        return this == LARGE_MESSAGE;
    }

    /** Brings the client so far; the name goes with the session. */
    abstract void comeTo(RawClient client, String name) throws IOException;

    /** What an honest client would send next, of about that length, and again and again. */
    byte[] goesOn(int length) {
        return new ClientFrames().text("a".repeat(length)).bytes();
    }

    /** How a client ends what {@link #goesOn} has made of it. */
    byte[] goodbye() {
        return session() ? new ClientFrames().close(1000, "").bytes() : ascii("\r\n\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Zeros under the mask, whole keys of it. */
    private static byte[] zeros(int length) {
        byte[] masked = new byte[length / 4 * 4];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (byte) ('a' ^ ClientFrames.KEY[i & 3]);
        }
        return masked;
    }
}
