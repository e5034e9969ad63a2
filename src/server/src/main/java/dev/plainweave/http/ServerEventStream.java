package dev.plainweave.http;

import dev.plainweave.connector.ConnectionLostException;
import dev.plainweave.websocket.End;
import dev.plainweave.websocket.Registration;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream: a lock around the one output, which the application's threads and the heartbeat share. */
final class ServerEventStream implements EventStream {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServletRequest request;
    private final OutputStream out;
    private final BooleanSupplier inputEnded;
    private final long heartbeatNanos;
    private final long started = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final List<Consumer<? super End>> audience = new ArrayList<>(1);
    private long lastWrite = started;
    private volatile @Nullable End end;
    /** While it runs; under the lock. */
    private @Nullable Thread handler = Thread.currentThread();

    private boolean interrupted;

    ServerEventStream(HttpServletRequest request, OutputStream out, BooleanSupplier inputEnded, Duration heartbeat) {
        this.request = request;
        this.out = out;
        this.inputEnded = inputEnded;
        heartbeatNanos = heartbeat.toNanos();
    }

    @Override
    public HttpServletRequest request() {
        return request;
    }

    @Override
    public Optional<String> lastEventId() {
        return Optional.ofNullable(request.getHeader("Last-Event-ID")).filter(id -> !id.isEmpty());
    }

    @Override
    public void send(String data) {
        send(Event.of(data));
    }

    @Override
    public void send(Event event) {
        byte[] bytes = event.text().getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            write(bytes);
            End known = end;
            if (known != null) {
                throw new EventsEndedException(this, known);
            }
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private void write(byte... bytes) {
        if (end != null) {
            return;
        }
        try {
            out.write(bytes);
            out.flush();
            lastWrite = System.nanoTime();
        } catch (IOException lost) {
            end(reason(lost), End.Operation.WRITE, lost);
        }
    }

    private End.Reason reason(IOException lost) {
        for (Throwable link = lost; link != null; link = link.getCause()) {
            if (link instanceof TimeoutException
                    || (link instanceof ConnectionLostException known
                            && known.place() == ConnectionLostException.Place.STALLED_WRITE)) {
                return End.Reason.WRITE_TIMEOUT;
            }
            if (link instanceof InterruptedIOException || link instanceof ClosedByInterruptException) {
                return End.Reason.SERVER_CLOSED;
            }
        }
        return inputEnded.getAsBoolean() ? End.Reason.EOF : End.Reason.RESET;
    }

    /** Runs as long as the stream does, on a thread of its own. */
    void beat() {
        lock.lock();
        try {
            while (end == null) {
                long wait = heartbeatNanos - (System.nanoTime() - lastWrite);
                if (wait > 0) {
                    long left = ended.awaitNanos(wait);
                    LOGGER.trace("woken {} ns early", left);
                } else {
                    write(HEARTBEAT);
                }
            }
        } catch (InterruptedException nobodysBusiness) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Settles the end, if there is none; a handler that waits for something else is woken. */
    void end(End.Reason reason, End.Operation operation, @Nullable Throwable cause) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            Duration lasted = Duration.ofNanos(System.nanoTime() - started);
            End settled = new End(reason, 0, "", operation, lasted, Optional.ofNullable(cause));
            end = settled;
            ended.signalAll();
            if (handler != null && handler != Thread.currentThread()) {
                interrupted = true;
                handler.interrupt(); // it does not write: we have the lock
            }
            List<Consumer<? super End>> told = List.copyOf(audience);
            audience.clear();
            if (!told.isEmpty()) {
                Thread.ofVirtual().name("events-end").start(() -> told.forEach(callback -> tell(callback, settled)));
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Consumer<? super End> callback, End settled) {
        try {
            callback.accept(settled);
        } catch (Throwable failed) {
            LOGGER.warn("a callback for the end of {} failed", this, failed);
        }
    }

    /** The handler is done: from now on its thread is not ours to interrupt. */
    void handlerDone() {
        lock.lock();
        try {
            handler = null;
        } finally {
            lock.unlock();
        }
        Thread.interrupted();
    }

    /** Whether that is how the handler was told of this stream's end. */
    boolean isOwnEnd(Throwable thrown) {
        EventsEndedException known = FailureFilter.link(thrown, EventsEndedException.class);
        return known != null
                ? known.stream() == this
                : interrupted
                        && (FailureFilter.link(thrown, InterruptedException.class) != null
                                || FailureFilter.link(thrown, ClosedByInterruptException.class) != null);
    }

    @Override
    public End awaitEnd() throws InterruptedException {
        lock.lock();
        try {
            End known = end;
            while (known == null) {
                try {
                    ended.await();
                } catch (InterruptedException perhapsByTheEnd) {
                    if (end == null) {
                        throw perhapsByTheEnd;
                    }
                }
                known = end;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<End> end() {
        return Optional.ofNullable(end);
    }

    @Override
    public Registration onEnd(Consumer<? super End> once) {
        lock.lock();
        try {
            End known = end;
            if (known == null) {
                audience.add(once);
            } else {
                Thread.ofVirtual().name("events-end").start(() -> tell(once, known));
            }
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                audience.remove(once);
            } finally {
                lock.unlock();
            }
        };
    }

    @Override
    public void close() {
        end(End.Reason.SERVER_CLOSED, End.Operation.CLOSE, null);
    }

    @Override
    public String toString() {
        End known = end;
        return "events " + FailureFilter.name(request) + (known == null ? "" : " ended " + known.reason());
    }
}
