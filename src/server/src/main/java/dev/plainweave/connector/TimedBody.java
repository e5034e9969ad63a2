package dev.plainweave.connector;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body must keep coming while somebody waits for it. */
final class TimedBody extends Request.Wrapper {
    /** Whoever waits for bytes now. */
    private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();

    /** Plain: the clock may see it a moment late. */
    private long bytes;

    private final long begun = System.nanoTime();

    private volatile Content.@Nullable Chunk late;
    private @Nullable StallMeter meter;

    TimedBody(Request request) {
        super(request);
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk failure = late;
        if (failure != null) {
            return failure;
        }
        Content.Chunk chunk = super.read();
        if (chunk != null) {
            bytes += chunk.remaining();
        }
        return chunk;
    }

    @Override
    public void demand(Runnable whenAvailable) {
        waiting.set(whenAvailable);
        super.demand(this::wake);
    }

    private void wake() {
        Runnable reader = waiting.getAndSet(null);
        if (reader != null) {
            reader.run();
        }
    }

    /** On the clock's thread. */
    void tick(long now, RequestDeadlines.Terms terms) {
        if (waiting.get() == null || late != null) {
            meter = null;
        } else if (now - begun >= terms.body()) {
            end(terms, RequestDeadlines.Late.BODY);
        } else if (meter == null) {
            meter = new StallMeter(terms.stall(), now, bytes);
        } else if (meter.stalled(now, bytes)) {
            end(terms, RequestDeadlines.Late.STALLED_BODY);
        }
    }

    private void end(RequestDeadlines.Terms terms, RequestDeadlines.Late missed) {
        terms.missed().accept(missed);
        late = Content.Chunk.from(
                new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408, "the request's body is late"), true);
        Thread.ofVirtual().name("late body").start(this::wake);
    }
}
