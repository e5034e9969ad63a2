package dev.plainweave.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** The reading half of a session: what whoever sits on the {@link Seat} does there. */
final class Reader extends Seat {
    private static final int BUFFER = 4 * 1024;
    private static final int LARGE_BUFFER = 32 * 1024;

    private final ServerSession session;
    private final Wire wire;
    private final FrameReader frames;

    /** Bytes read but not yet parsed, of whoever sits on the seat. */
    private @Nullable RetainableByteBuffer buffer;

    /** After a violation what comes is not understood any more, only dropped. */
    private boolean deaf;

    private long bytes;
    private long messages;

    Reader(ServerSession session, Wire wire, boolean deflate) {
        this.session = session;
        this.wire = wire;
        frames = new FrameReader(session.options().maxMessageBytes(), deflate);
    }

    // ---- on the seat

    @Override
    @Nullable
    Message readMessage() {
        Message message = null;
        while (message == null && session.ended() == null) {
            message = accept(next(false));
        }
        return session.ended() == null ? message : null;
    }

    @Override
    boolean readControl() {
        Incoming incoming = next(true);
        accept(incoming);
        return incoming != null;
    }

    @Override
    void readAndDrop() {
        accept(next(false));
    }

    @Override
    void giveBack() {
        release();
        frames.release();
    }

    /** The message of a data frame; everything else is dealt with here. */
    private @Nullable Message accept(@Nullable Incoming incoming) {
        return switch (incoming) {
            case null -> null;
            case Incoming.Data data -> {
                messages++;
                wire.stats().messageReceived();
                yield data.message();
            }
            case Incoming.Ping ping -> {
                session.sender().pong(ping.payload());
                yield null;
            }
            case Incoming.Pong pong -> null; // any byte counts as a sign of life
            case Incoming.Close close -> {
                session.peerClosed(close.code(), close.reason());
                yield null;
            }
        };
    }

    /** Waits for the next frame or message; null at the end, or when {@code controlOnly} and a data frame comes. */
    private @Nullable Incoming next(boolean controlOnly) {
        try {
            while (true) {
                RetainableByteBuffer pending = buffer;
                if (pending != null && deaf) {
                    boolean answered = FrameReader.isClose(pending.getByteBuffer());
                    release();
                    if (answered) {
                        session.peerClosed(FrameWriter.NO_CODE, "");
                        return null;
                    }
                } else if (pending != null) {
                    Incoming incoming = frames.read(pending.getByteBuffer(), controlOnly);
                    if (!pending.hasRemaining()) {
                        release();
                    }
                    if (incoming != null) {
                        return incoming;
                    }
                    if (controlOnly && frames.heldBack()) {
                        return null;
                    }
                }
                if (!fill()) {
                    session.endOfStream();
                    return null;
                }
            }
        } catch (ProtocolException violation) {
            deaf = true;
            release();
            session.violated(violation);
            return null;
        } catch (IOException lost) {
            session.lost(End.Operation.READ, lost);
            return null;
        }
    }

    /** Waits for bytes; false at the end of the stream. */
    private boolean fill() throws IOException {
        boolean wait = wire.waitsFirst();
        while (true) {
            if (wait) {
                wire.awaitReadable();
            }
            wait = true;
            RetainableByteBuffer target = wire.borrow(frames.midMessage() ? LARGE_BUFFER : BUFFER);
            int count = 0;
            try {
                count = wire.fill(target.getByteBuffer());
            } finally {
                if (count > 0) {
                    buffer = target;
                } else {
                    target.release();
                }
            }
            if (count != 0) {
                bytes += Math.max(count, 0);
                return count > 0;
            }
        }
    }

    private void release() {
        RetainableByteBuffer done = buffer;
        buffer = null;
        if (done != null) {
            done.release();
        }
    }

    /** Bytes that came with the handshake. */
    void prime(ByteBuffer early) {
        RetainableByteBuffer target = wire.borrow(early.remaining());
        BufferUtil.append(target.getByteBuffer(), early.slice());
        bytes += target.remaining();
        buffer = target;
    }

    // ---- the session, for the seat

    @Override
    boolean hasEnded() {
        return session.ended() != null;
    }

    @Override
    boolean transportDone() {
        return session.transportDone();
    }

    @Override
    void checkReceiving() {
        session.checkReceiving();
    }

    @Override
    void interrupted() {
        session.interrupted(End.Operation.READ);
    }

    @Override
    void broken(Throwable failure) {
        session.broken(failure);
    }

    @Override
    Thread attendant(Runnable task) {
        return Thread.ofVirtual().name("attend-" + session.id()).unstarted(task);
    }

    // ---- what the clock sees; plain fields of another thread, exact enough for a tick

    /** Whether somebody reads the socket now, so that silence means something. */
    boolean reading() {
        return !isFree() && !(holdsMessage() && frames.heldBack());
    }

    boolean deaf() {
        return deaf;
    }

    boolean midMessage() {
        return frames.midMessage();
    }

    long bytes() {
        return bytes;
    }

    long messages() {
        return messages;
    }
}
