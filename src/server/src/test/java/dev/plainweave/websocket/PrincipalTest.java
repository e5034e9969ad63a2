package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.server.IoPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom Jetty's own authentication found, the session knows. */
class PrincipalTest {
    /** Stands for a security handler in front of the sockets. */
    private static final class EverybodyIsAda extends Handler.Wrapper {
        EverybodyIsAda(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Request.setAuthenticationState(request, new Request.AuthenticationState() {
                @Override
                public Principal getUserPrincipal() {
                    return () -> "ada";
                }
            });
            return super.handle(request, response, callback);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theSessionKnowsWhomAuthenticationFound(IoPolicy io) throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        WebSocketRoutes routes = new WebSocketRoutes()
                .add(
                        "/who",
                        new WebSocketOptions(),
                        session -> name.complete(session.handshake()
                                .principal()
                                .map(Principal::getName)
                                .orElse("nobody")));
        Server server = new Server();
        AbstractNetworkConnector connector =
                io == IoPolicy.BLOCKING ? new BlockingConnector(server) : new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new EverybodyIsAda(routes));
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/who");
            client.newWebSocketBuilder()
                    .buildAsync(uri, new WebSocket.Listener() {})
                    .get(10, TimeUnit.SECONDS);
            assertEquals("ada", name.get(10, TimeUnit.SECONDS));
        } finally {
            server.stop();
        }
    }
}
