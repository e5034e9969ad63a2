package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's own WebSocket client, as blocking code. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {
    private static final long SECONDS = 10;

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<ByteBuffer> binaries = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    static TestSocket open(HttpClient client, URI uri) throws Exception {
        TestSocket listener = new TestSocket();
        listener.socket = client.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(SECONDS))
                .buildAsync(uri, listener)
                .get(SECONDS, TimeUnit.SECONDS);
        return listener;
    }

    void send(String message) throws Exception {
        socket.sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
    }

    void send(byte[] message) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(message), true).get(SECONDS, TimeUnit.SECONDS);
    }

    String receive() throws InterruptedException {
        String message = texts.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(message, "no text came");
        return message;
    }

    /** Text messages that have come and were not received yet. */
    int waiting() {
        return texts.size();
    }

    byte[] receiveBinary() throws InterruptedException {
        ByteBuffer message = binaries.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(message, "nothing came");
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }

    /** The code that the server closed with. */
    int closeCode() throws Exception {
        return closed.get(SECONDS, TimeUnit.SECONDS);
    }

    void close(int code) throws Exception {
        socket.sendClose(code, "").get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        binaries.add(ByteBuffer.allocate(part.remaining()).put(part).flip());
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
