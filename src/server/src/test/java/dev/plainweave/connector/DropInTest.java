package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An existing Jetty server with its connector exchanged: a servlet, asynchronous servlets and a Jakarta endpoint. */
class DropInTest {
    /** Echoes text. */
    @ServerEndpoint("/socket")
    public static final class EchoEndpoint {
        @OnMessage
        public String echo(String message) {
            return message;
        }
    }

    private static final class Blocking extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        }
    }

    private static final class Async extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    response.getOutputStream().write(request.getInputStream().readAllBytes());
                } catch (IOException failed) {
                    response.setStatus(500);
                }
                async.complete();
            });
        }
    }

    /** Echoes with listeners, never blocking. */
    private static final class NonBlocking extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext async = request.startAsync();
            ServletInputStream in = request.getInputStream();
            ServletOutputStream out = response.getOutputStream();
            java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
            in.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    byte[] buffer = new byte[1000];
                    while (in.isReady() && !in.isFinished()) {
                        int count = in.read(buffer);
                        if (count > 0) {
                            body.write(buffer, 0, count);
                        }
                    }
                }

                @Override
                public void onAllDataRead() {
                    out.setWriteListener(writer(async, out, body.toByteArray()));
                }

                @Override
                public void onError(Throwable failure) {
                    async.complete();
                }
            });
        }

        private static WriteListener writer(AsyncContext async, ServletOutputStream out, byte[] body) {
            return new WriteListener() {
                private int written;

                @Override
                public void onWritePossible() throws IOException {
                    while (out.isReady()) {
                        if (written == body.length) {
                            async.complete();
                            return;
                        }
                        int length = Math.min(10_000, body.length - written);
                        out.write(body, written, length);
                        written += length;
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    async.complete();
                }
            };
        }
    }

    private static Handler context() {
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/app");
        context.addServlet(new ServletHolder(new Blocking()), "/blocking");
        for (HttpServlet servlet : new HttpServlet[] {new Async(), new NonBlocking()}) {
            ServletHolder holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            context.addServlet(holder, servlet instanceof Async ? "/async" : "/nonblocking");
        }
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servletContext, container) -> container.addEndpoint(EchoEndpoint.class));
        return context;
    }

    @ParameterizedTest
    @EnumSource
    void servletsAnswerAlike(Variant variant) throws Exception {
        String large = "0123456789".repeat(30_000);
        try (TestServer server = new TestServer(variant).handler(context()).start();
                Client client = server.connect()) {
            for (String path : new String[] {"blocking", "async", "nonblocking"}) {
                for (String body : new String[] {"", "small", large}) {
                    client.send("POST /app/" + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length()
                            + "\r\n\r\n");
                    int half = body.length() / 2;
                    client.send(body.substring(0, half)).send(body.substring(half));
                    assertEquals(body, client.answer().text(), path);
                }
            }
            assertEquals(404, client.get("/app/nothing").answer().status());
            assertEquals(405, client.get("/app/blocking").answer().status());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJakartaEndpointAnswersAlike(Variant variant) throws Exception {
        try (TestServer server = new TestServer(variant).handler(context()).start();
                HttpClient http = HttpClient.newBuilder()
                        .sslContext(variant.tls ? TestTls.clientContext() : SSLContext.getDefault())
                        .build()) {
            URI uri = URI.create((variant.tls ? "wss" : "ws") + "://localhost:" + server.port() + "/app/socket");
            Received received = new Received();
            WebSocket socket =
                    http.newWebSocketBuilder().buildAsync(uri, received).get(10, TimeUnit.SECONDS);
            for (String message : new String[] {"hello", "", "x".repeat(60_000)}) {
                received.expect();
                socket.sendText(message, true).get(10, TimeUnit.SECONDS);
                assertEquals(message, received.text.get(10, TimeUnit.SECONDS));
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);
            assertEquals(WebSocket.NORMAL_CLOSURE, received.closed.get(10, TimeUnit.SECONDS));
            server.awaitNoEndPoint();
        }
    }

    private static final class Received implements WebSocket.Listener {
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        volatile CompletableFuture<String> text = new CompletableFuture<>();
        private StringBuilder parts = new StringBuilder();

        void expect() {
            text = new CompletableFuture<>();
            parts = new StringBuilder();
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                text.complete(parts.toString());
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            text.completeExceptionally(error);
            closed.completeExceptionally(error);
        }
    }
}
