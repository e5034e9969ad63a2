package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connector stops: whom it refuses, whom it wakes, whom it waits for. */
class StoppingTest {
    /** Rules 6 and 7. Fails with ClosedByInterruptException when a blocked handler is woken by an interrupt. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void stopWakesABlockedReadWithoutAnInterrupt(Variant variant) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        TestServer.Exchange reader = (request, response, in, out) -> {
            reading.countDown();
            try {
                in.readAllBytes();
            } catch (IOException lost) {
                failure.complete(lost);
                throw lost;
            } finally {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        };
        try (TestServer server = TestServer.start(variant, reader);
                Client client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
            assertTrue(reading.await(10, TimeUnit.SECONDS));
            server.stop();
            assertTrue(server.connector.getConnectedEndPoints().isEmpty());
            for (Throwable cause = failure.get(10, TimeUnit.SECONDS); cause != null; cause = cause.getCause()) {
                assertFalse(cause instanceof ClosedByInterruptException, cause::toString);
            }
            assertFalse(interrupted.get());
        }
    }

    /** Rule 7, for an owner that waits in {@link BlockingEndPoint#awaitReadable()}. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void stopWakesAnOwner(Variant variant) throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (TestServer server =
                        new TestServer(variant).handler(Echo.upgrading(closed)).start();
                Client client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nx");
            client.answer();
            assertEquals('x', client.in().read());
            server.stop();
            assertEquals(1, closed.get());
        }
    }

    /** A request in flight is answered, new connections are refused. */
    @ParameterizedTest
    @EnumSource
    void aGracefulStopLetsARequestFinish(Variant variant) throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CompletableFuture<Void> finish = new CompletableFuture<>();
        TestServer.Exchange slow = (request, response, in, out) -> {
            handling.countDown();
            finish.get();
            out.write(new byte[100_000]);
        };
        try (TestServer server = TestServer.start(variant, slow);
                Client client = server.connect()) {
            server.server.setStopTimeout(20_000);
            client.get("/");
            assertTrue(handling.await(10, TimeUnit.SECONDS));
            int port = server.port();
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                server.stop();
                stopped.complete(null);
            });
            // A selector lets go of a closed channel when it looks the next time; until then the system takes
            // connections.
            await("closed").until(() -> !server.connector.isOpen() && refuses(port));
            finish.complete(null);
            assertEquals(100_000, client.answer().text().length());
            client.leave();
            stopped.get(20, TimeUnit.SECONDS);
            assertNotNull(stopped);
        }
    }

    private static boolean refuses(int port) {
        try {
            Client.plain(port).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    /** As a page does that has been told to leave. Fails when closing does not wait for the thread in accept. */
    @ParameterizedTest
    @EnumSource(names = "BLOCKING")
    void whoComesOnceItHasClosedIsRefused(Variant variant) throws Exception {
        for (int round = 0; round < 200; round++) {
            try (TestServer server = TestServer.start(variant, (request, response, in, out) -> {})) {
                int port = server.port();
                server.connect().close(); // so that it is in accept again, or about to be
                server.connector.close();
                assertTrue(refuses(port), "in round " + round);
            }
        }
    }

    /** Closing returns when the acceptor is done with what it had in hand: nothing begins after that. */
    @ParameterizedTest
    @EnumSource(names = "BLOCKING")
    void closingWaitsForWhatIsJustBeingAccepted(Variant variant) throws Exception {
        CountDownLatch accepting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AcceptListener slow = new AcceptListener() {
            @Override
            public void onAccepting(SelectableChannel channel) {
                accepting.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
        };
        try (TestServer server = new TestServer(variant)
                        .handler(TestServer.blocking((request, response, in, out) -> {}))
                        .with(connector -> connector.addBean(slow))
                        .start();
                Client client = server.connect()) {
            assertTrue(accepting.await(10, TimeUnit.SECONDS));
            Thread closing = Thread.ofPlatform().start(server.connector::close);
            await("closing waits").until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            goOn.countDown();
            closing.join();
            assertEquals(-1, client.in().read()); // it came too late
        }
    }

    /** stop() does not wait for ever for a handler that sleeps, and takes its connection away. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void stopLeavesASleepingHandlerBehind(Variant variant) throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CompletableFuture<Void> finish = new CompletableFuture<>();
        TestServer.Exchange sleeper = (request, response, in, out) -> {
            handling.countDown();
            finish.get();
        };
        try (TestServer server = TestServer.start(variant, sleeper);
                Client client = server.connect()) {
            client.get("/");
            assertTrue(handling.await(10, TimeUnit.SECONDS));
            server.stop();
            assertEquals(-1, client.in().read());
            finish.complete(null);
            server.awaitNoEndPoint();
        }
    }

    /** What connects while the server stops is closed too. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void nothingIsLeftOfConnectionsThatComeWhileItStops(Variant variant) throws Exception {
        for (int round = 0; round < 5; round++) {
            try (TestServer server = TestServer.start(variant, (request, response, in, out) -> {})) {
                int port = server.port();
                CountDownLatch some = new CountDownLatch(20);
                Thread crowd = Thread.ofPlatform().start(() -> {
                    try {
                        while (true) {
                            Client.socket(port, 0).close();
                            some.countDown();
                        }
                    } catch (IOException refused) {
                        // It has stopped.
                    }
                });
                assertTrue(some.await(10, TimeUnit.SECONDS));
                server.stop();
                assertTrue(server.connector.getConnectedEndPoints().isEmpty());
                crowd.join();
            }
        }
    }
}
