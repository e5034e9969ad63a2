package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.server.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks the protocol as it likes, rightly or wrongly, and keeps what it is told. */
final class RawPage implements AutoCloseable {
    private static final Pattern HEAD = Pattern.compile("data-page=\"([^\"]+)\" data-secret=\"([^\"]+)\"");

    final HttpClient client = HttpClient.newHttpClient();
    final URI site;
    final String page;
    final String secret;
    final String cookie;
    final String html;
    private WebSocket socket;
    private Listener listener = new Listener();

    RawPage(WebServer server) throws Exception {
        this(server, "");
    }

    RawPage(WebServer server, String path) throws Exception {
        this(server.uri(), fetched(server.uri().resolve(path)), "");
    }

    private static HttpResponse<String> fetched(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What was fetched already, with these cookies; with the one that came along where there are none. */
    RawPage(URI site, HttpResponse<String> answer, String cookies) {
        this.site = site;
        html = answer.body();
        Matcher head = HEAD.matcher(html);
        if (!head.find()) {
            throw new AssertionError("no page: " + answer.statusCode() + " " + html);
        }
        page = head.group(1);
        secret = head.group(2);
        cookie = cookies.isEmpty()
                ? answer.headers().firstValue("set-cookie").orElse("").replaceFirst(";.*", "")
                : cookies;
    }

    String origin() {
        return site.getScheme() + "://" + site.getAuthority();
    }

    /** Opens a connection, and says nothing. */
    RawPage connect() {
        connect(Optional.of(origin()), cookie);
        return this;
    }

    void connect(Optional<String> from, String with) {
        listener = new Listener();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        from.ifPresent(origin -> builder.header("Origin", origin));
        if (!with.isEmpty()) {
            builder.header("Cookie", with);
        }
        URI address = URI.create(site.resolve("_plainweave/socket").toString().replaceFirst("^http", "ws"));
        socket = builder.buildAsync(address, listener).join();
    }

    /** The status that a handshake is refused with. */
    int refusal(Optional<String> from) {
        try {
            connect(from, cookie);
            return 101;
        } catch (CompletionException refused) {
            return ((java.net.http.WebSocketHandshakeException) refused.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    RawPage hello(long lastFrame, long lastCommand) {
        return send("{\"hello\":{\"v\":1,\"page\":\"" + page + "\",\"secret\":\"" + secret + "\",\"lastFrame\":"
                + lastFrame + ",\"lastCommand\":" + lastCommand + "}}");
    }

    RawPage event(long number, long frame, int id, String type, String data) {
        return send("{\"event\":" + number + ",\"frame\":" + frame + ",\"id\":" + id + ",\"type\":\"" + type
                + "\",\"data\":" + data + "}");
    }

    RawPage send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** The id of the element that has this text in the HTML. */
    int id(String text) {
        return RawTab.id(html, text);
    }

    /** The id of the first element of that tag in the HTML. */
    int tag(String tag) {
        Matcher found = Pattern.compile("<" + tag + " id=\"w(\\d+)\"").matcher(html);
        if (!found.find()) {
            throw new AssertionError("no " + tag + " in " + html);
        }
        return Integer.parseInt(found.group(1));
    }

    List<String> messages() {
        return listener.messages;
    }

    List<JsonNode> frames() {
        return messages().stream()
                .map(Incoming::read)
                .filter(message -> message.has("n"))
                .toList();
    }

    /** The code that the server has closed with; 0 while it has not. */
    int closed() {
        return listener.closed.getNow(0);
    }

    /** The same, of the connection that there is now. */
    java.util.function.IntSupplier closing() {
        Listener now = listener;
        return () -> now.closed.getNow(0);
    }

    /** Cuts the connection, without a goodbye. */
    void cut() {
        if (socket != null) {
            socket.abort();
        }
    }

    @Override
    public void close() {
        cut();
    }

    private static final class Listener implements WebSocket.Listener {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
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
            closed.complete(1006);
        }
    }
}
