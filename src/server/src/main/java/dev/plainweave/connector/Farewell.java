package dev.plainweave.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** What a connector that stops does with the connections that are open. */
final class Farewell {
    /** How long it waits for what is being written, and then for the connections' threads. */
    static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private Farewell() {}

    /** Closes them all, and waits a moment for what is being written, and for their threads. */
    static void to(Collection<EndPoint> connections) throws InterruptedException {
        List<BlockingEndPoint> left = new ArrayList<>();
        for (EndPoint endPoint : connections) {
            BlockingEndPoint each = (BlockingEndPoint) endPoint;
            left.add(each);
            each.closeSoon();
        }
        long deadline = System.nanoTime() + NANOS;
        for (BlockingEndPoint endPoint : left) {
            if (endPoint.isChannelOpen()) {
                join(endPoint.reading().loop(), deadline);
            }
            endPoint.closeChannel();
        }
        deadline = System.nanoTime() + NANOS;
        for (BlockingEndPoint endPoint : left) {
            join(endPoint.reading().loop(), deadline);
        }
    }

    /** Waits until another thread has ended, or the deadline. */
    static void join(@Nullable Thread thread, long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (thread != null && thread != Thread.currentThread() && left > 0) {
            thread.join(Duration.ofNanos(left));
        }
    }
}
