package dev.plainweave.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * One client publishes at a fixed rate, all others listen: each must get every message from its first one on, whole, in
 * order and once. Latency counts from the time the message was meant to be published, for each listener.
 *
 * <p>A publisher that was held up itself has many messages due at once; sent in one go they would overflow the outboxes of
 * healthy listeners, which a server may then cut off. So it never gets more than {@value #AHEAD} messages ahead of one: it
 * publishes late instead, and the latency shows it.
 */
public final class Broadcast implements Load {
    private static final int REMEMBERED = 4096;
    /** Of 16 KiB each they fill half of the outbox that the product has by default. */
    private static final int AHEAD = 32;

    private static final long WAIT_NANOS = 200_000;

    private final Client publisher;
    private final Selector selector;
    private final int size;
    private final long intervalNanos;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(256 * 1024);
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(3);
    private final long[] due = new long[REMEMBERED];
    private final List<FeedReader> readers = new ArrayList<>();
    private final Thread sender;
    private final Thread receiver;
    private final ThreadCpu cpu;
    private volatile int published;
    private volatile long completed;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    private Broadcast(Client publisher, Selector selector, double perSecond, int size) {
        this.publisher = publisher;
        this.selector = selector;
        this.size = size;
        this.intervalNanos = Math.round(1e9 / perSecond);
        this.sender = Thread.ofPlatform().daemon().name("publish").unstarted(() -> guarded(this::publish));
        this.receiver = Thread.ofPlatform().daemon().name("listen").unstarted(() -> guarded(this::listen));
        this.cpu = new ThreadCpu(sender, receiver);
    }

    /** Takes the clients over, and starts publishing messages of {@code size} bytes. */
    public static Broadcast start(Client publisher, List<Client> listeners, double perSecond, int size)
            throws IOException {
        Broadcast broadcast = new Broadcast(publisher, Selector.open(), perSecond, size);
        for (Client listener : listeners) {
            FeedReader reader = new FeedReader(size, Broadcast::payload);
            broadcast.readers.add(reader);
            listener.toNonBlocking().register(broadcast.selector, SelectionKey.OP_READ, reader);
        }
        broadcast.receiver.start();
        broadcast.sender.start();
        return broadcast;
    }

    /** Latencies in nanoseconds since the last call, one for each message and listener. */
    public Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    private static byte[] payload(int number, int size) {
        return Frames.payload(number, 0, size);
    }

    private void publish() throws IOException {
        long start = System.nanoTime();
        for (int n = 0; !stopping; n++) {
            long when = start + n * intervalNanos;
            Threads.awaitPrecisely(when);
            awaitListeners(n);
            due[n % REMEMBERED] = when;
            published = n + 1;
            publisher.send(Frames.masked(Frames.TEXT, payload(n, size), 0x3A5C7E91 + n));
        }
    }

    private void awaitListeners(int n) {
        while (!stopping && readers.stream().anyMatch(reader -> reader.waitsFor(n - AHEAD))) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    private void listen() throws IOException {
        while (!stopping || missing() > 0) {
            selector.select(this::ready, 200);
        }
    }

    private void ready(SelectionKey key) {
        try {
            chunk.clear();
            int read = ((SocketChannel) key.channel()).read(chunk);
            long now = System.nanoTime();
            if (read < 0) {
                throw new LoadException("a listener was closed by the server, messages missing");
            }
            FeedReader reader = (FeedReader) key.attachment();
            int answers = reader.received(chunk.flip(), published);
            for (var ping = reader.ping(); ping.isPresent(); ping = reader.ping()) {
                byte[] pong = Frames.masked(Frames.PONG, ping.get(), 0x0F1E2D3C);
                NonBlockingWrite.all((SocketChannel) key.channel(), ByteBuffer.wrap(pong));
            }
            for (int n = reader.next() - answers; n < reader.next(); n++) {
                latencies.recordValue(Math.max(0, now - due[n % REMEMBERED]));
            }
            completed = completed() + answers;
        } catch (IOException broken) {
            throw new LoadException("connection of a listener broken", broken);
        }
    }

    private long missing() {
        int all = published;
        return selector.keys().stream()
                .mapToLong(key -> all - ((FeedReader) key.attachment()).next())
                .sum();
    }

    private void guarded(Task task) {
        try {
            task.run();
        } catch (Throwable died) {
            failure = died;
            stopping = true;
        }
    }

    @Override
    public long completed() {
        return completed;
    }

    @Override
    public long cpuNanos() {
        return cpu.nanos();
    }

    @Override
    public int threads() {
        return 2;
    }

    @Override
    public void check() {
        Throwable died = failure;
        if (died != null) {
            throw new LoadException("broadcast", died);
        }
    }

    @Override
    public void finish(int timeoutMillis) {
        stopping = true;
        Threads.join(sender, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
        Threads.joinWhileProgress(receiver, this::completed, timeoutMillis);
        check();
        if (receiver.isAlive()) {
            throw new LoadException(
                    missing() + " messages lost: not there " + timeoutMillis + " ms after the last one");
        }
    }

    @Override
    public void close() {
        stopping = true;
        Threads.join(sender, TimeUnit.MILLISECONDS.toNanos(Client.TIMEOUT_MILLIS));
        Selectors.closeAll(selector);
        Threads.join(receiver, TimeUnit.MILLISECONDS.toNanos(Client.TIMEOUT_MILLIS));
    }

    private interface Task {
        void run() throws IOException;
    }
}
