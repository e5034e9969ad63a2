package dev.plainweave.gallery.storm;

import dev.plainweave.gallery.live.LiveChart.Mark;
import dev.plainweave.gallery.live.LiveChart.Point;
import dev.plainweave.gallery.live.Pulse;
import dev.plainweave.websocket.WebSocketOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Clients that misbehave, at a visitor's order, and calm neighbours on the same server whose latency everybody watches
 * meanwhile. The neighbours are there while anybody watches.
 */
public final class Storm {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofSeconds(62);
    /** However its fault goes, no storm client is open for longer. */
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(12);
    /** How long the server bears with a storm client that stalls: less than the default, to be seen soon. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** The clients of one order come within this time, and go wrong within that, not all at once. */
    private static final int COMING_MS = 500;

    private static final int GOING_WRONG_MS = 1_500;

    /**
     * What everybody sees.
     *
     * @param seconds the median and the 99th percentile of each second's echoes, in milliseconds, the oldest first
     * @param marks the storms
     * @param latest the last second's latencies
     * @param longest of the last minute, in microseconds
     * @param echoes answered, since the start
     * @param lost those that were never answered
     * @param clients storm clients at work
     */
    record Picture(
            List<Point> seconds,
            List<Mark> marks,
            Latencies.Summary latest,
            long longest,
            long echoes,
            long lost,
            int clients) {}

    private record Second(long at, Latencies.Summary latencies) {
        Point point() {
            return new Point(at, List.of(latencies.p50() / 1000.0, latencies.p99() / 1000.0), 0);
        }
    }

    private final boolean allowed;
    private final Supplier<Loopback> server;
    private final Budget budget = new Budget(System::nanoTime);
    private final Neighbours neighbours = new Neighbours();
    private final Pulse pulse = new Pulse("storm", SECOND, this::look);
    private final Deque<Second> seconds = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** A storm against that server, which may not have started yet. */
    public Storm(boolean allowed, Supplier<Loopback> server) {
        this.allowed = allowed;
        this.server = server;
    }

    /** The routes that storm clients and neighbours connect to, each with its limits. */
    public static void clients(BiConsumer<String, Consumer<WebSocketOptions>> route) {
        route.accept(Neighbours.ROUTE, options -> {});
        for (Fault fault : Fault.values()) {
            route.accept(fault.route(), options -> options.stallTimeout(PATIENCE));
        }
    }

    /** Beats once a second, with the neighbours. */
    Pulse pulse() {
        return pulse;
    }

    /** What stands against storms here, if anything does. */
    Optional<String> forbidden() {
        return allowed
                ? Optional.empty()
                : Optional.of("This server can be reached from other machines, so it makes no storms. Start it with"
                        + " --demo, or with --host localhost.");
    }

    /** Sends clients that go wrong, or says what stands against it. */
    Optional<String> order(Fault fault, int clients) {
        if (clients < 1 || clients > Budget.AT_ONCE) {
            return Optional.of("From 1 to " + Budget.AT_ONCE + " clients can be sent at once.");
        }
        Optional<String> refusal = forbidden().or(() -> budget.take(clients));
        if (refusal.isEmpty()) {
            unleash(fault, clients);
        }
        return refusal;
    }

    private void unleash(Fault fault, int clients) {
        lock.lock();
        try {
            marks.addLast(new Mark(System.currentTimeMillis(), clients + " × " + fault.word()));
        } finally {
            lock.unlock();
        }
        for (int client = 0; client < clients; client++) {
            Thread.ofVirtual().name("storm-" + fault.word()).start(() -> live(fault));
        }
    }

    /** The life of one storm client: comes, says hello, goes wrong, and is gone after twelve seconds at the latest. */
    private void live(Fault fault) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(COMING_MS));
            try (Client client = server.get().open(fault.route())) {
                client.send("hello");
                client.receive();
                Thread.sleep(ThreadLocalRandom.current().nextInt(GOING_WRONG_MS));
                Thread deed = Thread.startVirtualThread(() -> commit(fault, client));
                deed.join(LONGEST_LIFE);
            }
        } catch (IOException refused) {
            // the server is stopping, or has met one of its own limits
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        } finally {
            budget.giveBack();
        }
    }

    private static void commit(Fault fault, Client client) {
        try {
            fault.commit(client);
        } catch (IOException expected) {
            // the server has hung up, which is what the visitor wants to see; it tells the reason itself
        }
    }

    private void look() {
        neighbours.comeIn(server.get(), pulse::isWatched);
        long now = System.currentTimeMillis();
        Latencies.Summary latencies = neighbours.look();
        lock.lock();
        try {
            if (latencies.echoes() > 0) { // none: they have only just come in
                seconds.addLast(new Second(now, latencies));
            }
            long oldest = now - KEPT.toMillis();
            seconds.removeIf(second -> second.at() < oldest);
            marks.removeIf(mark -> mark.at() < oldest);
        } finally {
            lock.unlock();
        }
    }

    Picture picture() {
        lock.lock();
        try {
            return new Picture(
                    seconds.stream().map(Second::point).toList(),
                    List.copyOf(marks),
                    seconds.isEmpty()
                            ? new Latencies.Summary(0, 0, 0, 0)
                            : seconds.getLast().latencies(),
                    seconds.stream()
                            .mapToLong(second -> second.latencies().longest())
                            .max()
                            .orElse(0),
                    neighbours.echoes(),
                    neighbours.lost(),
                    budget.open());
        } finally {
            lock.unlock();
        }
    }
}
