package dev.plainweave.connector;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * How a connection's channel is closed: at once where the peer has closed too or is not waited for, elsewhere after
 * reading on for a while, since a close would reset away what the peer has not read yet.
 */
final class Closing {
    private final SocketChannel channel;
    private final SocketInput input;
    private volatile boolean hurried;
    private volatile @Nullable Linger linger;

    Closing(SocketChannel channel, SocketInput input) {
        this.channel = channel;
        this.input = input;
    }

    /** From now on no close waits for the peer; one that waits already goes on waiting. */
    void hurry() {
        hurried = true;
    }

    /** Begins: says to do what, as soon as everything has been written. */
    Runnable begin(boolean expired, long lingerNanos) {
        boolean waits = channel.isOpen() && !input.ended() && input.failure() == null && !expired && !hurried;
        linger = waits ? new Linger(lingerNanos) : null;
        return waits ? this::shutdownOutput : this::closeChannel;
    }

    /** Says to the peer that nothing more will come. */
    void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            // Shut down already, by the peer's reset.
        }
    }

    void closeChannel() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The descriptor is released all the same.
        }
    }

    /** Reads and drops what the peer still sends, if this close waits for it; until the clock finds that over. */
    void discard(long bytes) {
        if (linger != null) {
            input.discard(bytes);
        }
    }

    /** On the clock's thread: whether the peer has been waited for long enough. */
    boolean hasLingered(long now, boolean writing) {
        Linger waiting = linger;
        return waiting != null && waiting.over(now, input.discarded(), writing) && channel.isOpen();
    }
}
