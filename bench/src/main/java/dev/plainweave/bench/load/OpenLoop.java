package dev.plainweave.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Messages leave at a fixed rate, evenly over the connections, whether or not earlier ones were answered. Latency counts
 * from the <em>intended</em> send time, so that a stall is seen by every message it delayed (no coordinated omission).
 * One thread sends, another receives. Where they are less than {@link #BATCH_NANOS} apart, they leave in batches that are due together: a
 * generator that spins between two messages would take the processor that the server needs.
 */
public final class OpenLoop implements Load {
    private static final int MAX_OUTSTANDING = 4096;
    private static final long BATCH_NANOS = 190_000;

    private final Selector selector;
    private final List<Lane> lanes = new ArrayList<>();
    private final double intervalNanos;
    private final int batch;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(64 * 1024);
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(3);
    private final Thread sender;
    private final Thread receiver;
    private final ThreadCpu cpu;
    private volatile long completed;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    private OpenLoop(Selector selector, double perSecond) {
        this.selector = selector;
        this.intervalNanos = 1e9 / perSecond;
        this.batch = (int) Math.ceil(BATCH_NANOS / intervalNanos);
        this.sender = Thread.ofPlatform().daemon().name("open-loop-send").unstarted(() -> guarded(this::send));
        this.receiver = Thread.ofPlatform().daemon().name("open-loop-receive").unstarted(() -> guarded(this::receive));
        this.cpu = new ThreadCpu(sender, receiver);
    }

    /** Takes the clients over and starts sending {@code perSecond} messages over all of them together. */
    public static OpenLoop start(List<Client> clients, List<? extends Exchange> exchanges, double perSecond)
            throws IOException {
        OpenLoop loop = new OpenLoop(Selector.open(), perSecond);
        for (int i = 0; i < clients.size(); i++) {
            SocketChannel channel = clients.get(i).toNonBlocking();
            Lane lane = new Lane(channel, exchanges.get(i));
            loop.lanes.add(lane);
            channel.register(loop.selector, SelectionKey.OP_READ, lane);
        }
        loop.receiver.start();
        loop.sender.start();
        return loop;
    }

    /** Latencies in nanoseconds since the last call. */
    public Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    private void send() throws IOException {
        long start = System.nanoTime();
        for (long n = 0; !stopping; n += batch) {
            long due = start + (long) (n * intervalNanos);
            Threads.await(due, batch == 1);
            for (long i = n; i < n + batch; i++) {
                lanes.get((int) (i % lanes.size())).send(due);
            }
        }
    }

    private void receive() throws IOException {
        while (!stopping || outstanding() > 0) {
            selector.select(this::ready, 200);
        }
    }

    private void ready(SelectionKey key) {
        Lane lane = (Lane) key.attachment();
        try {
            chunk.clear();
            int read = lane.channel.read(chunk);
            long now = System.nanoTime();
            if (read < 0) {
                throw new LoadException("connection closed by the server, answers missing");
            }
            int answers = lane.exchange.received(chunk.flip());
            for (int i = 0; i < answers; i++) {
                latencies.recordValue(Math.max(0, now - lane.answered()));
            }
            completed = completed() + answers;
        } catch (IOException broken) {
            throw new LoadException("connection broken", broken);
        }
    }

    private long outstanding() {
        return lanes.stream().mapToLong(lane -> lane.exchange.outstanding()).sum();
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
            throw new LoadException("open loop", died);
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
                    outstanding() + " answers lost: not there " + timeoutMillis + " ms after the last one");
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

    /** One connection with the intended times of its unanswered messages; sent by one thread, answered by another. */
    private static final class Lane {
        private final SocketChannel channel;
        private final Exchange exchange;
        private final long[] intended = new long[MAX_OUTSTANDING];
        private long sent;
        private long answered;

        Lane(SocketChannel channel, Exchange exchange) {
            this.channel = channel;
            this.exchange = exchange;
        }

        void send(long due) throws IOException {
            if (exchange.outstanding() >= MAX_OUTSTANDING - 1) {
                throw new LoadException(MAX_OUTSTANDING + " messages unanswered on one connection");
            }
            intended[(int) (sent++ % MAX_OUTSTANDING)] = due; // published by the volatile write inside next()
            NonBlockingWrite.all(channel, exchange.next());
        }

        long answered() {
            return intended[(int) (answered++ % MAX_OUTSTANDING)];
        }
    }
}
