package dev.plainweave.bench.variant;

import dev.plainweave.bench.load.Handshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The floor: what a blocking echo on virtual threads costs when nothing is checked. A real handshake, masked frames
 * unmasked in place and sent back, pings and closes answered. No HTTP beside it, no limits, no UTF-8, no fragments, no
 * timeouts: not a server, a lower bound.
 */
public final class FloorServer {
    private static final Pattern KEY = Pattern.compile("(?i)\r\nSec-WebSocket-Key: *(\\S+)");

    private FloorServer() {}

    public static void main(String[] arguments) throws IOException {
        Parent.endWithIt();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1024);
            System.out.println("floor on http://127.0.0.1:" + listener.socket().getLocalPort());
            while (true) {
                SocketChannel channel = listener.accept();
                Thread.ofVirtual().start(() -> serve(channel));
            }
        }
    }

    private static void serve(SocketChannel channel) {
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (handshake(channel)) {
                new Connection(channel).run();
            }
        } catch (IOException gone) {
            // a client that vanished
        }
    }

    /** Whether it was one, and the client is still there. */
    private static boolean handshake(SocketChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(2048);
        while (channel.read(in) >= 0) {
            int end = in.position();
            if (end < 4 || in.getInt(end - 4) != 0x0D0A0D0A) {
                continue;
            }
            String request = new String(in.array(), 0, end, StandardCharsets.ISO_8859_1);
            Matcher key = KEY.matcher(request);
            if (!key.find()) {
                return false;
            }
            channel.write(ByteBuffer.wrap(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                            + Handshake.accept(key.group(1)) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            return true;
        }
        return false;
    }

    /** One upgraded connection: a small buffer that grows to the largest frame. */
    private static final class Connection {
        private static final int CLOSE = 0x8;
        private static final int PING = 0x9;
        private static final int PONG = 0xA;

        private final SocketChannel channel;
        private ByteBuffer in = ByteBuffer.allocate(256).order(ByteOrder.BIG_ENDIAN);

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void run() throws IOException {
            while (channel.read(in) >= 0) {
                in.flip();
                boolean open = true;
                while (open && in.remaining() >= 2) {
                    int start = in.position();
                    int length = in.get(start + 1) & 0x7F;
                    int header = length < 126 ? 6 : length == 126 ? 8 : 14;
                    if (in.remaining() < header) {
                        break;
                    }
                    int payload = length < 126
                            ? length
                            : length == 126 ? in.getShort(start + 2) & 0xFFFF : (int) in.getLong(start + 2);
                    if (in.remaining() < header + payload) {
                        grow(header + payload);
                        break;
                    }
                    open = answer(start, header, payload);
                    in.position(start + header + payload);
                }
                if (!open) {
                    return;
                }
                in.compact();
            }
        }

        /** Unmasks in place, writes the shorter header right before the payload, and sends; false after a Close. */
        private boolean answer(int start, int header, int payload) throws IOException {
            byte[] bytes = in.array();
            int from = start + header;
            int mask = in.getInt(from - 4);
            int at = from;
            int end = from + payload;
            for (; at + 4 <= end; at += 4) {
                in.putInt(at, in.getInt(at) ^ mask);
            }
            for (int shift = 24; at < end; at++, shift -= 8) {
                bytes[at] ^= (byte) (mask >>> shift);
            }
            int opcode = bytes[start] & 0x0F;
            int first = start + 4;
            System.arraycopy(bytes, start, bytes, first, header - 4);
            bytes[first + 1] &= 0x7F;
            if (opcode == PING) {
                bytes[first] = (byte) (0x80 | PONG);
            }
            int limit = in.limit();
            in.limit(end).position(first);
            while (in.hasRemaining()) {
                channel.write(in);
            }
            in.limit(limit);
            return opcode != CLOSE;
        }

        private void grow(int needed) {
            if (in.capacity() < needed) {
                int position = in.position();
                int limit = in.limit();
                in = ByteBuffer.wrap(Arrays.copyOf(in.array(), Integer.highestOneBit(needed) * 2))
                        .position(position)
                        .limit(limit);
            }
        }
    }
}
