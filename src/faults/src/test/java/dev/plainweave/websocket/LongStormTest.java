package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.Storm.Leaving;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The long storm, by its own command: 100,000 resets over all stages in a minute or more, in rounds that alternate with as
 * many clean closes; what the sixteen neighbours wait for must not be worse for the resets.
 *
 * <pre>mvn -pl src/faults test -Dtest=LongStormTest -Dsurefire.failIfNoSpecifiedTests=false -Dfaults.storm=100000</pre>
 */
@Isolated("measures")
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
@EnabledIfSystemProperty(named = "faults.storm", matches = "\\d+", disabledReason = "a long run with its own command")
class LongStormTest {
    private static final int ROUNDS = 5;
    private static final int NEIGHBOURS = 16;
    /** Paced: the storm takes a minute for 100,000, however quick the machine is. */
    private static final int PER_SECOND = 1_600;
    /** Fewer than this tell nothing of a 99th percentile. */
    private static final int LONG = 50_000;

    private static final double WORST_RATIO = 1.2;
    private static final long HEAP_GROWTH = 16 << 20;

    @ParameterizedTest
    @EnumSource
    void neighboursDoNotFeelResets(IoPolicy io) throws Exception {
        int resets = Integer.getInteger("faults.storm");
        int each = Math.max(1, resets / ROUNDS);
        Duration time = Duration.ofMillis(Math.max(2_000, each * 1_000L / PER_SECOND));
        Map<Leaving, List<long[]>> waits = new EnumMap<>(Leaving.class);
        try (LogTap log = new LogTap();
                WebServer server = start(io)) {
            Storm.blow(server.port(), Math.min(each, 2_000), Duration.ofSeconds(1), Leaving.CLOSING); // warms up
            List<Long> heaps = new ArrayList<>();
            List<Integer> sockets = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<Leaving> both = new ArrayList<>(List.of(Leaving.values()));
                if (round % 2 == 1) {
                    Collections.reverse(both); // what the machine does meanwhile falls to both
                }
                for (Leaving leaving : both) {
                    heap(); // each begins with a heap that was just collected, and has to grow again
                    waits.computeIfAbsent(leaving, first -> new ArrayList<>()).add(round(server, each, time, leaving));
                }
                heaps.add(heap());
                sockets.add(Traces.now().sockets().size());
            }
            List<Double> closing = p99s(waits.get(Leaving.CLOSING));
            List<Double> resetting = p99s(waits.get(Leaving.RESETTING));
            double ratio = median(IntStream.range(0, ROUNDS)
                    .mapToObj(round -> resetting.get(round) / closing.get(round))
                    .toList());
            System.out.printf(
                    "%s: %,d resets over %,d s; neighbours' p99 by round %s ms, in as many closes %s ms, median ratio"
                            + " %.2f; heap after each round %s MiB, sockets %s, sessions %,d ended of %,d%n",
                    io,
                    each * ROUNDS,
                    time.toSeconds() * ROUNDS,
                    resetting.stream().map(LongStormTest::millis).toList(),
                    closing.stream().map(LongStormTest::millis).toList(),
                    ratio,
                    heaps.stream().map(bytes -> bytes >> 20).toList(),
                    sockets,
                    server.stats().sessions().ended(),
                    server.stats().sessions().opened());
            assertEquals(
                    server.stats().sessions().opened(),
                    server.stats().sessions().ended());
            assertTrue(heaps.getLast() - heaps.getFirst() < HEAP_GROWTH, heaps::toString);
            assertEquals(sockets.getFirst(), sockets.getLast(), "sockets");
            assertEquals(List.of(), log.events(), log::toString);
            boolean judged = io == IoPolicy.BLOCKING && resets >= LONG; // the selector loop is there to compare with
            assertTrue(!judged || ratio <= WORST_RATIO, "the neighbours felt the resets");
        }
    }

    private static long[] round(WebServer server, int count, Duration time, Leaving leaving) throws Exception {
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS; i++) {
            neighbours.add(new Neighbour(RawClient.open(server.port(), "/echo")));
        }
        int left = Storm.blow(server.port(), count, time, leaving);
        for (Neighbour neighbour : neighbours) {
            neighbour.finish();
            neighbour.assertUndisturbed(Duration.ofSeconds(1));
        }
        assertEquals(count, left, "clients of the storm that were served");
        await().atMost(Duration.ofSeconds(30)).until(() -> server.stats().connections() == 0);
        return neighbours.stream().flatMapToLong(Neighbour::latencies).toArray();
    }

    private static WebServer start(IoPolicy io) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .websocket("/echo", options -> options.closeTimeout(Duration.ofSeconds(2)), Site::echo)
                .websocket("/large", session -> {
                    while (true) {
                        session.send(ByteBuffer.allocate(1 << 20));
                    }
                })
                .websocket("/sleep", session -> session.awaitEnd())
                .start(0);
    }

    /** Of each round: somebody else's work on this machine in one of them is not the others'. */
    private static List<Double> p99s(List<long[]> rounds) {
        return rounds.stream()
                .map(round -> {
                    long[] sorted = LongStream.of(round).sorted().toArray();
                    return (double) sorted[(int) (sorted.length * 0.99)];
                })
                .toList();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
