package dev.plainweave.ui.test;

import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A visitor with one tab, over the real protocol but without a browser. What it looks for it waits for, up to 5 seconds,
 * and says what there was instead.
 *
 * <pre>{@code
 * user.open("/");
 * user.find("Name").type("Ada");
 * user.find("Greet").click();
 * user.shouldSee("Hello, Ada");
 * }</pre>
 */
public final class User implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern HEAD = Pattern.compile("data-page=\"([^\"]+)\" data-secret=\"([^\"]+)\"");

    private final URI site;
    private final HttpClient client;
    private Tab tab;
    private SocketWire socket;
    private String html = "";
    private int status;

    /** A visitor of that server, who was never here before. */
    public User(WebServer server) {
        site = server.uri();
        client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** Opens a page, instead of the one that was open, and connects. */
    public User open(String path) {
        visit(path);
        if (tab != null) {
            reconnect();
        }
        return this;
    }

    /** Fetches a page, and does not connect: as a crawler does, or a browser without scripts. */
    public User visit(String path) {
        leave();
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(site.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            html = answer.body();
        } catch (IOException failed) {
            throw new AssertionError("GET " + path + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
        Matcher head = HEAD.matcher(html);
        if (head.find()) {
            tab = new Tab(head.group(1), head.group(2));
            tab.onScript(command -> answerWith(
                    command.get(0).asLong(), "error", "this test has no JavaScript: see scriptAnswers(...)"));
        }
        return this;
    }

    /** The first answer's status. */
    public int status() {
        return status;
    }

    /** The first answer as it came: what is to be read without scripts. */
    public String html() {
        return html;
    }

    /** The element of that text, or the field of that label. */
    public Found find(String text) {
        Tab now = tab();
        until(() -> now.find(text).isPresent(), "no element says \"" + text + "\"");
        return new Found(now, now.find(text).orElseThrow());
    }

    /** Waits for a text: of an element, in a field, or in a toast. */
    public User shouldSee(String text) {
        Tab now = tab();
        until(() -> now.shows(text), "nobody sees \"" + text + "\"");
        return this;
    }

    /** Waits until a text is to be seen no more. */
    public User shouldNotSee(String text) {
        Tab now = tab();
        until(() -> !now.shows(text), "\"" + text + "\" is still to be seen");
        return this;
    }

    /** Waits until all that was done has reached its handlers, and none of them holds the turn. */
    public User settle() {
        Tab now = tab();
        until(now::isQuiet, "there is still something going on");
        return this;
    }

    /** Waits until a handler holds the turn, and the page says so. */
    public User shouldBeBusy() {
        Tab now = tab();
        until(now::isBusy, "the page is not busy");
        return this;
    }

    /** Waits until the page has ended. */
    public User shouldBeGone() {
        Tab now = tab();
        until(() -> !now.gone().isEmpty(), "the page is still there");
        return this;
    }

    /** Where the page has sent the browser; empty for nowhere. */
    public String wentTo() {
        return tab().wentTo();
    }

    /** Answers all JavaScript of the page with that, instead of running it. */
    public User scriptAnswers(Object value) {
        tab().onScript(command -> answerWith(command.get(0).asLong(), "value", value));
        return this;
    }

    private void answerWith(long command, String name, Object value) {
        tab().answer(command, name, value);
    }

    /** Loses the connection, without a goodbye. */
    public User disconnect() {
        if (socket != null) {
            SocketWire lost = socket;
            socket = null;
            lost.cut();
            tab().disconnected(lost);
        }
        return this;
    }

    /** Comes back to the same page. */
    public User reconnect() {
        disconnect();
        Tab now = tab();
        socket = SocketWire.open(client, site, now);
        until(() -> now.isLive() || !now.gone().isEmpty(), "there is no answer to hello");
        return this;
    }

    /** Closes the tab. */
    public void leave() {
        if (socket != null) {
            socket.send("{\"bye\":true}");
            disconnect();
        }
        tab = null;
    }

    private Tab tab() {
        if (tab == null) {
            throw new AssertionError("no page is open; the last answer was " + status + ":\n" + html);
        }
        return tab;
    }

    private void until(BooleanSupplier condition, String otherwise) {
        Tab now = tab();
        boolean met = now.await(
                PATIENCE, () -> condition.getAsBoolean() || !now.broken().isEmpty());
        if (!now.broken().isEmpty()) {
            throw new AssertionError("the server broke the protocol: " + now.broken());
        }
        if (!met) {
            throw new AssertionError(otherwise + ", within " + PATIENCE.toSeconds() + " s; there is\n" + now);
        }
    }

    @Override
    public void close() {
        leave();
    }

    @Override
    public String toString() {
        return String.valueOf(tab);
    }

    /** The JDK's WebSocket. */
    private static final class SocketWire implements Tab.Wire, WebSocket.Listener {
        private final Tab tab;
        private final StringBuilder partial = new StringBuilder();
        private final ReentrantLock order = new ReentrantLock();
        private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
        private volatile WebSocket socket;

        private SocketWire(Tab tab) {
            this.tab = tab;
        }

        static SocketWire open(HttpClient client, URI site, Tab tab) {
            SocketWire wire = new SocketWire(tab);
            String address = site.resolve("_plainweave/socket").toString().replaceFirst("^http", "ws");
            String origin = site.getScheme() + "://" + site.getAuthority();
            wire.socket = client.newWebSocketBuilder()
                    .header("Origin", origin)
                    .buildAsync(URI.create(address), wire)
                    .join();
            tab.connect(wire);
            wire.socket.request(1);
            return wire;
        }

        @Override
        public void onOpen(WebSocket opened) {
            // nothing is read before the hello
        }

        @Override
        public void send(String message) {
            order.lock();
            try {
                WebSocket to = socket;
                sending = sending.handle((done, failed) -> null).thenCompose(before -> to.sendText(message, true));
            } finally {
                order.unlock();
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
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
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            tab.disconnected(this);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            tab.disconnected(this);
        }

        void cut() {
            order.lock();
            try {
                sending.handle((done, failed) -> null)
                        .orTimeout(1, TimeUnit.SECONDS)
                        .handle((x, y) -> null)
                        .join();
            } finally {
                order.unlock();
            }
            socket.abort();
        }
    }
}
