package dev.plainweave.ui.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A tab's connection: the JDK's WebSocket. */
final class SocketWire implements Tab.Wire, WebSocket.Listener {
    private final Tab tab;
    private final StringBuilder partial = new StringBuilder();
    private final ReentrantLock order = new ReentrantLock();
    private final CompletableFuture<WebSocket> socket;
    private CompletableFuture<?> sending;
    private volatile String closed = "";

    SocketWire(HttpClient client, URI address, Map<String, String> headers, Tab tab) {
        this.tab = tab;
        WebSocket.Builder builder = client.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(address, this);
        sending = socket;
    }

    /** Waits for the handshake, and says hello. */
    void open() {
        WebSocket opened = socket.join();
        tab.connect(this);
        opened.request(1);
    }

    @Override
    public void onOpen(WebSocket opened) {
        // nothing is read before the hello
    }

    @Override
    public void send(String message) {
        order.lock();
        try {
            sending = sending.handle((done, failed) -> socket.join()).thenCompose(to -> to.sendText(message, true));
        } finally {
            order.unlock();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String message = partial.toString();
            partial.setLength(0);
            tab.receive(this, message);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code + (reason.isEmpty() ? "" : " (" + reason + ")");
        tab.disconnected(this);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        tab.disconnected(this);
    }

    /** What the server has closed with; empty when it has not. */
    String closed() {
        return closed;
    }

    /** Sends what waits, and resets the connection. */
    void cut() {
        order.lock();
        try {
            sending.handle((done, failed) -> true)
                    .orTimeout(1, TimeUnit.SECONDS)
                    .handle((done, late) -> true)
                    .join();
        } finally {
            order.unlock();
        }
        socket.join().abort();
    }
}
