package dev.plainweave.bench.variant;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.Tls;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.Message;
import dev.plainweave.websocket.Topic;
import dev.plainweave.websocket.WebSocketSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Plainweave through its public builder, with every default: limits, validation, metrics. {@code --io blocking|selector}
 * is the only difference between two of the variants; {@code --tls FILE} serves TLS from a PKCS12 file, {@code --pages}
 * live pages too.
 */
public final class ProductServer {
    /** What the waiting handlers wait, before each answer. */
    public static final int WAIT_MILLIS = 50;

    /** Of the key store for TLS. */
    public static final String PASSWORD = "bench-only";

    private ProductServer() {}

    public static void main(String[] arguments) {
        Parent.endWithIt();
        String more = arguments.length > 2 ? arguments[2] : "";
        WebServer.Builder builder = more.equals(LivePages.OPTION) ? LivePages.builder() : WebServer.builder();
        builder.io(IoPolicy.parse(arguments[1]));
        if (more.equals("--tls")) {
            builder.tls(Tls.keyStore(Path.of(arguments[3]), PASSWORD));
        }
        WebServer server = serve(builder).start(0);
        System.out.println("plainweave on http://127.0.0.1:" + server.port());
        server.awaitStop();
    }

    /** Adds what scenarios ask for. */
    public static WebServer.Builder serve(WebServer.Builder builder) {
        Topic feed = Topic.create();
        return builder.host("127.0.0.1")
                .health("/health")
                .metrics("/metrics")
                .get("/hello", ProductServer::hello)
                .post("/post", ProductServer::count)
                .websocket("/echo", ProductServer::echo)
                .websocket("/wait", ProductServer::echoLater)
                .websocket("/feed", session -> {
                    feed.join(session);
                    session.awaitEnd();
                })
                .websocket("/publish", session -> {
                    while (true) {
                        feed.publish(session.receive());
                    }
                })
                .endpoint(JakartaEcho.class)
                .endpoint(JakartaEcho.Later.class)
                .endpoint(JakartaFeed.class)
                .endpoint(JakartaFeed.Publisher.class);
    }

    private static void echo(WebSocketSession session) {
        while (true) {
            session.send(session.receive());
        }
    }

    private static void echoLater(WebSocketSession session) throws InterruptedException {
        while (true) {
            Message message = session.receive();
            TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
            session.send(message);
        }
    }

    private static void hello(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getOutputStream().print("ok\n");
    }

    private static void count(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long bytes = request.getInputStream().transferTo(OutputStream.nullOutputStream());
        byte[] answer = (bytes + "\n").getBytes(StandardCharsets.US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }
}
