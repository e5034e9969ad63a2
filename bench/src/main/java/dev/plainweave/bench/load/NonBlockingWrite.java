package dev.plainweave.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A whole small request onto a non-blocking channel; it fits the socket buffer unless the server stopped reading. */
final class NonBlockingWrite {
    private NonBlockingWrite() {}

    static void all(SocketChannel channel, ByteBuffer request) throws IOException {
        channel.write(request);
        if (request.hasRemaining()) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Client.TIMEOUT_MILLIS);
            while (request.hasRemaining()) {
                Thread.onSpinWait();
                channel.write(request);
                if (System.nanoTime() - deadline > 0) {
                    throw new LoadException("the server did not read for " + Client.TIMEOUT_MILLIS + " ms");
                }
            }
        }
    }
}
