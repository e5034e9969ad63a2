package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand resets at any stage: no line in the log, one end each, nothing left, and the neighbours notice nothing. */
@Timeout(120)
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class LogPromiseTest {
    private static final int RESETS = 1000;

    static Stream<Arguments> storms() {
        return Stream.of(IoPolicy.values())
                .flatMap(io -> Stream.of(Storm.Stage.values()).map(stage -> Arguments.of(io, stage)));
    }

    @ParameterizedTest
    @MethodSource("storms")
    void resets(IoPolicy io, Storm.Stage stage) throws Exception {
        try (Rig rig = new Rig(io, false);
                LogTap log = new LogTap()) {
            Storm.blow(rig, RESETS, stage);
            rig.assertNothingLeft();
            assertEquals(List.of(), log.events(), log::toString);
            assertEquals(0, rig.stats().handlerFailures());
            if (stage == Storm.Stage.HANDSHAKE_HALF_SENT) {
                assertEquals(0, rig.stats().opened());
            } else if (stage != Storm.Stage.HANDSHAKE_SENT) {
                assertEquals(RESETS, rig.stats().opened());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetsOverTls(IoPolicy io) throws Exception {
        try (Rig rig = new Rig(io, true);
                LogTap log = new LogTap()) {
            Storm.blow(rig, 320, Storm.Stage.values());
            rig.assertNothingLeft();
            assertEquals(List.of(), log.events(), log::toString);
            assertEquals(0, rig.stats().handlerFailures());
        }
    }

    /** Ordinary goodbyes leave nothing behind either. */
    @ParameterizedTest
    @EnumSource
    void goodbyes(IoPolicy io) throws Exception {
        for (boolean tls : new boolean[] {false, true}) {
            try (Rig rig = new Rig(io, tls);
                    LogTap log = new LogTap()) {
                for (int i = 0; i < 50; i++) {
                    try (RawClient client = rig.connect().upgrade("/echo")) {
                        client.text("x".repeat(10_000));
                        client.readMessage(new ArrayList<>());
                        client.write(
                                i % 2 == 0 ? new ClientFrames().close(1000, "") : new ClientFrames().raw((byte) 3));
                        assertEquals(
                                i % 2 == 0 ? 1000 : 1002, client.readClose().code());
                    }
                }
                rig.assertNothingLeft();
                assertEquals(50, rig.stats().opened());
                assertEquals(List.of(), log.events(), log::toString);
            }
        }
    }

    /** Sixteen calm clients in a storm of two thousand resets: they lose nothing and never wait for a second. */
    @ParameterizedTest
    @EnumSource
    void neighbours(IoPolicy io) throws Exception {
        try (Rig rig = new Rig(io, false);
                LogTap log = new LogTap()) {
            List<Neighbour> neighbours = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                neighbours.add(new Neighbour(rig.connect().upgrade("/echo")));
            }
            Storm.blow(rig, 2000, Storm.Stage.values());
            for (Neighbour neighbour : neighbours) {
                long longest = neighbour.finish();
                assertTrue(longest < 1_000_000_000, () -> "waited for " + longest / 1_000_000 + " ms");
            }
            assertEquals(16, rig.stats().ended(End.Reason.PEER_CLOSED));
            rig.assertNothingLeft();
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    /** Sends a message every few milliseconds and waits for its echo. */
    private static final class Neighbour {
        private final RawClient client;
        private final Thread thread;
        private volatile boolean stop;
        private volatile Throwable failure;
        private volatile long longest;
        private final AtomicInteger count = new AtomicInteger();

        Neighbour(RawClient client) {
            this.client = client;
            thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            try {
                while (!stop) {
                    String text = "message " + count.incrementAndGet();
                    long start = System.nanoTime();
                    client.text(text);
                    assertEquals(text, client.readText());
                    longest = Math.max(longest, System.nanoTime() - start);
                    LockSupport.parkNanos(5_000_000);
                }
                client.sendClose(1000);
                assertEquals(1000, client.readClose().code());
                assertEquals(0, client.readToEnd());
                client.leave();
            } catch (Throwable failed) {
                failure = failed;
            }
        }

        long finish() throws InterruptedException {
            stop = true;
            thread.join();
            assertEquals(null, failure, () -> Arrays.toString(failure.getStackTrace()));
            assertTrue(count.get() > 10);
            return longest;
        }
    }
}
