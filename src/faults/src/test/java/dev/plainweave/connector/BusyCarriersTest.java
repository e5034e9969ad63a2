package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/**
 * Rule 10: while handlers compute on every carrier, connections are accepted, deadlines fall due and the probe warns. In a
 * process of its own with one carrier. Each line comes too late, after "computed", when the thread behind it is virtual
 * (tried for the acceptor, the clock, and the closing of a stalled channel).
 */
class BusyCarriersTest {
    /** The server and its clients, on platform threads. */
    public static final class Main {
        private static final CountDownLatch COMPUTING = new CountDownLatch(1);

        private Main() {}

        public static void main(String[] arguments) throws Exception {
            AcceptListener[] listener = new AcceptListener[1];
            CountDownLatch accepted = new CountDownLatch(3);
            listener[0] = new AcceptListener() {
                @Override
                public void onAccepting(SelectableChannel channel) {
                    accepted.countDown();
                }
            };
            try (LogWatch log = LogWatch.open();
                    TestServer server = new TestServer(Variant.BLOCKING)
                            .handler(TestServer.blocking((request, response, in, out) -> {
                                if (Request.getPathInContext(request).equals("/compute")) {
                                    compute();
                                } else {
                                    while (true) {
                                        out.write(new byte[64 * 1024]);
                                    }
                                }
                            }))
                            .with(connector -> connector.addBean(listener[0]))
                            .with(connector -> ((BlockingConnector) connector).setStallTimeout(Duration.ofMillis(700)))
                            .start();
                    Client stalling = server.connect();
                    Client computing = server.connect()) {
                stalling.get("/flood");
                until(() -> written(server) != null);
                BlockingEndPoint flooded = written(server);
                computing.get("/compute");
                COMPUTING.await();
                try (Client late = server.connect()) {
                    accepted.await();
                    System.out.println("accepted " + late.socket().isConnected());
                }
                until(() -> !flooded.isChannelOpen());
                System.out.println("closed");
                until(() -> log.lines().stream().anyMatch(line -> line.contains("virtual threads have waited")));
                System.out.println("warned");
                System.out.println(computing.answer().status());
            }
        }

        private static BlockingEndPoint written(TestServer server) {
            return server.connector.getConnectedEndPoints().stream()
                    .map(BlockingEndPoint.class::cast)
                    .filter(endPoint -> endPoint.bytesWritten() > 0)
                    .findAny()
                    .orElse(null);
        }

        private static void compute() {
            COMPUTING.countDown();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3500);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            System.out.println("computed");
        }

        private static void until(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    @Test
    void theConnectorLivesWhileHandlersCompute() throws Exception {
        try (Child child = new Child(
                "",
                Main.class,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1")) {
            assertEquals(0, child.waitFor(), child.lines()::toString);
            int computed = child.indexOf("computed");
            for (String before : java.util.List.of("accepted", "closed", "warned")) {
                int at = child.indexOf(before);
                assertTrue(at >= 0 && at < computed, () -> before + " too late: " + child.lines());
            }
        }
    }
}
