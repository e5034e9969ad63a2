package dev.plainweave.websocket;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps a few of the JDK's compressors, whose native memory (about 260 KiB for a deflater, 40 KiB for an inflater) is too
 * dear to have per session and too slow to get per message. More than it keeps may be borrowed at once; what is too many
 * when it comes back is freed. Safe for use by several threads.
 *
 * <p>Jetty's DeflaterPool and InflaterPool are components that pool only between start and stop; this one has no
 * lifecycle, so that the codec needs none.
 */
final class CompressorPool<T> {
    private final ArrayBlockingQueue<T> idle;
    private final Supplier<T> create;
    private final Consumer<T> reset;
    private final Consumer<T> end;

    CompressorPool(int kept, Supplier<T> create, Consumer<T> reset, Consumer<T> end) {
        this.idle = new ArrayBlockingQueue<>(kept);
        this.create = create;
        this.reset = reset;
        this.end = end;
    }

    /** One that is fit for a new message. The caller gives it back, once, whatever happens. */
    T borrow() {
        T pooled = idle.poll();
        return pooled == null ? create.get() : pooled;
    }

    /** Takes back what was borrowed. */
    void giveBack(T borrowed) {
        reset.accept(borrowed);
        if (!idle.offer(borrowed)) {
            end.accept(borrowed);
        }
    }

    /** How many are waiting to be borrowed. */
    int idle() {
        return idle.size();
    }
}
