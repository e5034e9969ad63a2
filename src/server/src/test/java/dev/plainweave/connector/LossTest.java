package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What those are told who wait for a connection that was lost. */
class LossTest {
    /** Log promise. Fails with a ClosedChannelException, which Jetty is not quiet about, when a close forgets the loss. */
    @Test
    void aWaiterIsToldHowTheConnectionWasLost() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        try (TestServer server = new TestServer(Variant.BLOCKING)
                        .handler(Waiting.upgrading(told))
                        .start();
                Client client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: waiting\r\n\r\n");
            assertEquals(101, client.answer().status());
            client.reset();
            assertInstanceOf(ConnectionLostException.class, told.get(10, TimeUnit.SECONDS));
        }
    }

    /** Log promise, too: the body of a request is asked for when another thread has closed the connection. */
    @Test
    void whoeverComesTooLateIsToldQuietly() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Handler closing = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                EndPoint endPoint =
                        request.getConnectionMetaData().getConnection().getEndPoint();
                endPoint.close();
                endPoint.fillInterested(Callback.from(() -> told.complete(new AssertionError()), told::complete));
                callback.succeeded();
                return true;
            }
        };
        try (TestServer server =
                        new TestServer(Variant.BLOCKING).handler(closing).start();
                Client client = server.connect()) {
            client.get("/");
            assertInstanceOf(QuietException.class, told.get(10, TimeUnit.SECONDS));
        }
    }

    /**
     * Log promise, too: another thread closes the connection, as a write that failed does, while a request's body is being
     * read, and the reader wakes before that close is done. Under TLS Jetty then told it of a closed channel.
     */
    @Test
    void aReaderUnderTlsIsToldQuietly() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        TestServer.Exchange reading = (request, response, in, out) -> {
            in.read();
            begun.complete(null);
            told.complete(assertThrows(IOException.class, in::readAllBytes));
        };
        try (TestServer server = TestServer.start(Variant.BLOCKING_TLS, reading);
                ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Socket socket = Client.socket(((InetSocketAddress) listener.getLocalAddress()).getPort(), 0)) {
            FailingChannel channel = new FailingChannel(listener.accept());
            server.blocking().begin(channel);
            Client client = Client.tlsOver(socket);
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\nbegun");
            begun.get(10, TimeUnit.SECONDS);
            await("the next read").until(channel::isReading);
            channel.holdClosing(told);
            server.blocking().getConnectedEndPoints().forEach(each -> ((BlockingEndPoint) each).closeSoon());
            assertInstanceOf(QuietException.class, told.get(10, TimeUnit.SECONDS));
        }
    }

    /** What a connection is upgraded to: meets the reset, waits for bytes all the same, and closes without saying why. */
    private static final class Waiting extends AbstractConnection {
        private final CompletableFuture<Throwable> told;

        Waiting(EndPoint endPoint, CompletableFuture<Throwable> told) {
            super(endPoint, Runnable::run);
            this.told = told;
        }

        static Handler upgrading(CompletableFuture<Throwable> told) {
            return new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) {
                    response.setStatus(101);
                    response.getHeaders().put("Connection", "Upgrade");
                    response.getHeaders().put("Upgrade", "waiting");
                    EndPoint endPoint =
                            request.getConnectionMetaData().getConnection().getEndPoint();
                    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new Waiting(endPoint, told));
                    response.write(true, null, callback);
                    return true;
                }
            };
        }

        @Override
        public void onOpen() {
            super.onOpen();
            BlockingEndPoint.under(getEndPoint()).takeOver(this::meetReset);
        }

        private void meetReset() {
            BlockingEndPoint endPoint = BlockingEndPoint.under(getEndPoint());
            endPoint.awaitReadable();
            assertThrows(ConnectionLostException.class, () -> endPoint.fill(BufferUtil.allocate(10)));
            endPoint.fillInterested(Callback.from(() -> told.complete(null), told::complete));
            endPoint.close();
        }

        @Override
        public void onFillable() {
            throw new IllegalStateException("nobody registers interest here");
        }
    }
}
