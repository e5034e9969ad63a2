package dev.plainweave.bench.variant;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;

/** Helidon 4, SE flavour, as its WebSocket guide sets it up; its defaults throughout. */
public final class HelidonServer {

    private HelidonServer() {}

    private static final class Echo implements WsListener {
        @Override
        public void onMessage(WsSession session, String text, boolean last) {
            session.send(text, last);
        }

        @Override
        public void onPing(WsSession session, BufferData payload) {
            session.pong(payload); // Helidon leaves this answer, an obligation of RFC 6455, to the listener
        }
    }

    public static void main(String[] arguments) {
        Parent.endWithIt();
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(HttpRouting.builder().get("/hello", (request, response) -> response.send("ok\n")))
                .addRouting(WsRouting.builder().endpoint("/echo", Echo::new))
                .build()
                .start();
        System.out.println("helidon on http://127.0.0.1:" + server.port());
    }
}
