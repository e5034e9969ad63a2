package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How reading keeps Jetty's contract: rules 1, 2, 3 and 8 of the connector. */
class ReadingTest {
    /** Reports what each fill says. */
    private static final class Filler extends AbstractConnection {
        private final BlockingQueue<Integer> said;
        private final ByteBuffer buffer = BufferUtil.allocate(1 << 16);

        Filler(EndPoint endPoint, BlockingQueue<Integer> said) {
            super(endPoint, Runnable::run);
            this.said = said;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested();
        }

        @Override
        public void onFillable() {
            try {
                int filled;
                do {
                    BufferUtil.clear(buffer);
                    filled = getEndPoint().fill(buffer);
                    said.add(filled);
                } while (filled > 0);
                if (filled == 0) {
                    fillInterested();
                } else {
                    getEndPoint().close();
                }
            } catch (ConnectionLostException lost) {
                said.add(lost.place() == ConnectionLostException.Place.READ ? -2 : -3);
                getEndPoint().close();
            } catch (java.io.IOException unexpected) {
                said.add(-4);
                getEndPoint().close();
            }
        }
    }

    private static final class FillerFactory extends AbstractConnectionFactory {
        private final BlockingQueue<Integer> said = new LinkedBlockingQueue<>();

        FillerFactory() {
            super("filler");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new Filler(endPoint, said), connector, endPoint);
        }
    }

    private static void withFiller(FillerFactory factory, FillerTest test) throws Exception {
        Server server = new Server();
        BlockingConnector connector = new BlockingConnector(server, factory);
        server.addConnector(connector);
        server.start();
        try (Client client = Client.plain(connector.getLocalPort())) {
            test.run(client, factory.said);
        } finally {
            server.stop();
        }
    }

    @FunctionalInterface
    private interface FillerTest {
        void run(Client client, BlockingQueue<Integer> said) throws Exception;
    }

    private static int next(BlockingQueue<Integer> said) throws InterruptedException {
        Integer next = said.poll(10, TimeUnit.SECONDS);
        assertTrue(next != null, "fill has not returned");
        return next;
    }

    /** Rule 1. Fails (fill does not return) when a fill with nothing to say reads. */
    @Test
    void fillSaysNothingThereInsteadOfWaiting() throws Exception {
        withFiller(new FillerFactory(), (client, said) -> {
            for (int length : List.of(1, 1023, 1024, 1025, 2048)) {
                client.send(new byte[length]);
                for (int left = length; left > 0; ) {
                    left -= next(said);
                }
                assertEquals(0, next(said), "after " + length);
            }
            client.halfClose();
            assertEquals(-1, next(said));
        });
    }

    /** Rule 1: a reset is an exception, not an end. */
    @Test
    void fillThrowsWhatTheReadMet() throws Exception {
        withFiller(new FillerFactory(), (client, said) -> {
            client.send(new byte[10]);
            assertEquals(10, next(said));
            assertEquals(0, next(said));
            client.reset();
            assertEquals(-2, next(said));
        });
    }

    /**
     * Rule 2. The handler parks on the connection's own thread until bytes come that only another thread can read. Hangs
     * when no helper is started for an interest that is registered while the loop is busy.
     */
    @ParameterizedTest
    @EnumSource
    void aHandlerMayWaitForItsBody(Variant variant) throws Exception {
        BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
        TestServer.Exchange reader = (request, response, in, out) -> {
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.add(b);
            }
        };
        try (TestServer server = TestServer.start(variant, reader);
                Client client = server.connect()) {
            for (int round = 0; round < 3; round++) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n");
                for (int i = 0; i < 20; i++) {
                    client.send((byte) i);
                    assertEquals(i, read.poll(10, TimeUnit.SECONDS));
                }
                assertEquals(200, client.answer().status());
            }
        }
    }

    /** Rule 2. Interest comes from another thread; hangs when that does not wake the parked loop. */
    @ParameterizedTest
    @EnumSource
    void anAnswerMayBeCompletedByAnotherThread(Variant variant) throws Exception {
        Handler async = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Thread.ofPlatform().start(() -> response.write(true, BufferUtil.toBuffer("later"), callback));
                return true;
            }
        };
        try (TestServer server = new TestServer(variant).handler(async).start();
                Client client = server.connect()) {
            for (int i = 0; i < 100; i++) {
                assertEquals("later", client.get("/").answer().text());
            }
        }
    }

    /** Rule 2, in the other order: the handler has returned, the body is read and answered by callbacks. */
    @ParameterizedTest
    @EnumSource
    void aBodyMayBeReadByDemand(Variant variant) throws Exception {
        Handler async = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                read(request, response, callback, new AtomicInteger());
                return true;
            }

            private void read(Request request, Response response, Callback callback, AtomicInteger total) {
                while (true) {
                    var chunk = request.read();
                    if (chunk == null) {
                        request.demand(() -> read(request, response, callback, total));
                        return;
                    }
                    total.addAndGet(chunk.remaining());
                    chunk.release();
                    if (chunk.isLast()) {
                        response.write(true, BufferUtil.toBuffer("" + total), callback);
                        return;
                    }
                }
            }
        };
        try (TestServer server = new TestServer(variant).handler(async).start();
                Client client = server.connect()) {
            for (int i = 0; i < 20; i++) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30000\r\n\r\n");
                client.send(new byte[15_000]).send(new byte[15_000]);
                assertEquals("30000", client.answer().text());
            }
        }
    }

    /**
     * Rule 3. Fails when the waiting is done inside of Jetty's stack (tried: awaitReadable() called where interest is
     * registered, in needsFillInterest()).
     */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void anIdleConnectionHoldsNoBufferAndAShallowStack(Variant variant) throws Exception {
        try (TestServer server = TestServer.start(variant, (request, response, in, out) -> out.write(1));
                Client client = server.connect()) {
            client.get("/").answer();
            await("buffers").until(() -> server.pool.getLeaks().isEmpty());
            BlockingEndPoint endPoint = (BlockingEndPoint)
                    server.connector.getConnectedEndPoints().iterator().next();
            await("parked").until(() -> endPoint.reading().loop().getState() == Thread.State.WAITING);
            StackTraceElement[] stack = endPoint.reading().loop().getStackTrace();
            assertTrue(
                    stack.length < 20,
                    () -> String.join(
                            "\n", Stream.of(stack).map(Object::toString).toList()));
            assertEquals("/", "/" + client.get("/").answer().text().substring(1));
        }
    }

    /** Rule 8. Hangs at 200 on Jetty's virtual thread pool, or on any bounded one. */
    @Test
    void fourHundredHandlersMayBlockAtOnce() throws Exception {
        int count = 400;
        CountDownLatch all = new CountDownLatch(count);
        CompletableFuture<Void> go = new CompletableFuture<>();
        TestServer.Exchange blocked = (request, response, in, out) -> {
            all.countDown();
            go.get();
        };
        try (TestServer server = TestServer.start(Variant.BLOCKING, blocked)) {
            List<Client> clients = new java.util.ArrayList<>();
            for (int i = 0; i < count; i++) {
                clients.add(server.connect().get("/"));
            }
            assertTrue(all.await(20, TimeUnit.SECONDS), () -> all.getCount() + " have not begun");
            go.complete(null);
            for (Client client : clients) {
                assertEquals(200, client.answer().status());
                client.close();
            }
        }
    }

    /** An upgrade keeps what came behind the request, and bytes that come one at a time. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void anOwnerReadsWhatCameBehindTheUpgrade(Variant variant) throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (TestServer server =
                        new TestServer(variant).handler(Echo.upgrading(closed)).start();
                Client client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nahead");
            assertEquals(101, client.answer().status());
            assertEquals("ahead", new String(client.exactly(5), java.nio.charset.StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                client.send((byte) i);
                assertEquals(i, client.in().read());
            }
            client.leave();
            server.awaitNoEndPoint();
            assertEquals(1, closed.get());
        }
    }
}
