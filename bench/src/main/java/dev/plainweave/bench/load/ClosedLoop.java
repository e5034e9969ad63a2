package dev.plainweave.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Every connection has one request under way: the next is sent as soon as the answer is complete. One platform thread and
 * one selector; per message that is one read, one write and a share of one epoll_wait.
 */
public final class ClosedLoop implements Load {
    private final Selector selector;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(64 * 1024);
    private final Thread thread;
    private final ThreadCpu cpu;
    private volatile long completed;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    private ClosedLoop(Selector selector) {
        this.selector = selector;
        this.thread = Thread.ofPlatform().daemon().name("closed-loop").unstarted(this::run);
        this.cpu = new ThreadCpu(thread);
    }

    /** Takes the clients over and starts; {@code exchanges} are theirs, by index. */
    public static ClosedLoop start(List<Client> clients, List<? extends Exchange> exchanges) throws IOException {
        ClosedLoop loop = new ClosedLoop(Selector.open());
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).toNonBlocking().register(loop.selector, SelectionKey.OP_READ, exchanges.get(i));
        }
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            for (SelectionKey key : selector.keys()) {
                send(key);
            }
            while (!done()) {
                selector.select(this::ready, 200);
            }
        } catch (Throwable died) {
            failure = died;
        }
    }

    private boolean done() {
        return stopping
                && selector.keys().stream().noneMatch(key -> exchange(key).outstanding() > 0);
    }

    private void ready(SelectionKey key) {
        try {
            chunk.clear();
            int read = ((SocketChannel) key.channel()).read(chunk);
            if (read < 0) {
                throw new LoadException("connection closed by the server, answers missing");
            }
            int answers = exchange(key).received(chunk.flip());
            if (answers > 0) {
                completed = completed() + answers;
                if (!stopping) {
                    send(key);
                }
            }
        } catch (IOException broken) {
            throw new LoadException("connection broken", broken);
        }
    }

    private static void send(SelectionKey key) throws IOException {
        NonBlockingWrite.all((SocketChannel) key.channel(), exchange(key).next());
    }

    private static Exchange exchange(SelectionKey key) {
        return (Exchange) key.attachment();
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
        return 1;
    }

    @Override
    public void check() {
        Throwable died = failure;
        if (died != null) {
            throw new LoadException("closed loop", died);
        }
    }

    @Override
    public void finish(int timeoutMillis) {
        stopping = true;
        selector.wakeup();
        Threads.joinWhileProgress(thread, this::completed, timeoutMillis);
        check();
        if (thread.isAlive()) {
            long lost = selector.keys().stream()
                    .mapToLong(key -> exchange(key).outstanding())
                    .sum();
            throw new LoadException(lost + " answers lost: not there " + timeoutMillis + " ms after the last one");
        }
    }

    @Override
    public void close() {
        Selectors.closeAll(selector);
        Threads.join(thread, TimeUnit.MILLISECONDS.toNanos(Client.TIMEOUT_MILLIS));
    }
}
