package dev.plainweave.ui.test;

import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A visitor with a tab, over the real protocol but without a browser. What it looks for it waits for, up to 5 seconds,
 * and says what there was instead.
 *
 * <pre>{@code
 * user.open("/");
 * user.find("Name").type("Ada");
 * user.find("Greet").click();
 * user.shouldSee("Hello, Ada");
 * }</pre>
 *
 * <p>For one thread, that of the test. Several users, and several tabs of one, live side by side.
 */
public final class User implements AutoCloseable {
    private static final Pattern HEAD = Pattern.compile("data-page=\"([^\"]+)\" data-secret=\"([^\"]+)\"");
    private static final int FAILED = 500;
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final URI site;
    private final HttpClient client;
    private final Map<String, String> headers;
    private final List<User> tabs;
    private final List<String> told = new ArrayList<>();
    private Duration patience = Duration.ofSeconds(5);
    private @Nullable Tab tab;
    private @Nullable SocketWire socket;
    private @Nullable Object scriptAnswer;
    private boolean answersScripts;
    private String html = "";
    private final String base;
    private String wentTo = "";
    private URI at;
    private int status;
    /** How many of the page's were fetched. */
    private int downloads;
    /** Whether there was a connection to the page that is open. */
    private boolean connected;

    /** A visitor of that server, who was never here before. */
    public User(WebServer server) {
        this(server.uri());
    }

    /** The same, of a server that runs elsewhere: in a process of its own, say. */
    public User(URI site) {
        this(
                site,
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build(),
                new ConcurrentHashMap<>(),
                new ArrayList<>());
    }

    private User(URI site, HttpClient client, Map<String, String> headers, List<User> tabs) {
        this.site = site;
        this.client = client;
        this.headers = headers;
        this.tabs = tabs;
        base = site.getPath().replaceFirst("/$", "");
        at = site;
        tabs.add(this);
    }

    /** Another tab of the same visitor: with the same cookies, and nothing open. */
    public User newTab() {
        User other = new User(site, client, headers, tabs);
        other.patience = patience;
        return other;
    }

    /** How long it waits for what should be. 5 seconds. */
    public User patience(Duration limit) {
        patience = limit;
        return this;
    }

    /** Sends a header field with each request and handshake, from all tabs: {@code Authorization}, {@code Accept-Language}. */
    public User header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    // Where the user is.

    /** Opens a page, instead of the one that was open, and connects; the page is there when it returns. A path is one of the application's: below the base path. */
    public User open(String path) {
        visit(path);
        if (tab != null) {
            reconnect();
        }
        return this;
    }

    /** Opens the same page again. */
    public User reload() {
        return open(at.toString());
    }

    /** Fetches a page, and does not connect: as a crawler does, or a browser without scripts. */
    public User visit(String path) {
        leave();
        HttpResponse<String> answer = fetch(below(path), HttpResponse.BodyHandlers.ofString());
        at = answer.uri();
        status = answer.statusCode();
        html = answer.body();
        if (status == FAILED) {
            told.add(path() + " was answered with 500");
        }
        Matcher head = HEAD.matcher(html);
        if (head.find()) {
            Tab opened = new Tab(head.group(1), head.group(2));
            opened.onScript(command -> answer(opened, command.get(0).asLong()));
            tab = opened;
            connected = false;
            downloads = 0;
        }
        return this;
    }

    /** An address as the application says it: its own paths are below the base path. */
    private URI below(String url) {
        return at.resolve(url.startsWith("/") && !url.startsWith("//") ? base + url : url);
    }

    private <T> HttpResponse<T> fetch(URI address, HttpResponse.BodyHandler<T> as) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        request.setHeader("Accept", "text/html,*/*;q=0.8"); // as browsers do: programs get no login page
        headers.forEach(request::setHeader);
        try {
            return client.send(request.build(), as);
        } catch (IOException failed) {
            throw new AssertionError("GET " + address + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private void answer(Tab asked, long command) {
        if (answersScripts) {
            asked.answer(command, "value", scriptAnswer);
        } else {
            asked.answer(command, "error", "this test has no JavaScript: see scriptAnswers(...)");
        }
    }

    /** The first answer's status. */
    public int status() {
        return status;
    }

    /** The first answer as it came: what is to be read without scripts. */
    public String html() {
        return html;
    }

    /** The path of what is open, after all redirects, with its query. */
    public String path() {
        return at.getRawPath() + (at.getRawQuery() == null ? "" : "?" + at.getRawQuery());
    }

    /** Waits until the page has sent the user to that path of this server, and it is open. */
    public User shouldBeAt(String path) {
        until(() -> path().equals(path), () -> "this is " + path() + ", not " + path);
        return this;
    }

    /** Where a page has last sent the browser, as it said it; empty for nowhere. Addresses of this server are followed. */
    public String wentTo() {
        return tab != null && !tab.wentTo().isEmpty() ? tab.wentTo() : wentTo;
    }

    // What the user sees.

    /** The element of that text, or the field of that label; else that of such a placeholder, description or tooltip. */
    public Found find(String text) {
        return found(tab -> tab.find(text), () -> "no element says \"" + text + "\"");
    }

    /**
     * The first element of that role to screen readers (WAI-ARIA): {@code button}, {@code link}, {@code heading}, {@code
     * textbox}, {@code checkbox}, {@code switch}, {@code combobox}, {@code dialog}, {@code img}, {@code progressbar}.
     */
    public Found findRole(String role) {
        return found(
                tab -> tab.look(
                        view -> view.first(View.ROOT, shown -> shown.role().equals(role))),
                () -> "there is no " + role);
    }

    /** The element of that role, and of that name: its label, description, or all its text. */
    public Found findRole(String role, String name) {
        return found(
                tab -> tab.look(view -> view.first(
                        View.ROOT,
                        shown -> shown.role().equals(role) && view.name(shown).equals(name))),
                () -> "there is no " + role + " \"" + name + "\"");
    }

    /** The elements of that role that can be seen, now. */
    public List<Found> all(String role) {
        return new Found(this, tab(), root()).all(role);
    }

    private Shown root() {
        return value(() -> tab().look(view -> Optional.ofNullable(view.get(View.ROOT))), () -> "the page is empty");
    }

    /** The uppermost dialog. */
    public Found dialog() {
        return found(tab -> tab.look(View::dialog), () -> "no dialog is open");
    }

    /** Answers an open question, by the button of that text. */
    public User answer(String question, String button) {
        Found asked = dialog();
        until(
                () -> asked.allText().contains(question),
                () -> "the dialog does not ask \"" + question + "\", but \"" + asked.allText() + "\"");
        asked.find(button).click();
        return this;
    }

    private Found found(Function<Tab, Optional<Shown>> search, Supplier<String> otherwise) {
        return value(() -> search.apply(tab()).map(shown -> new Found(this, tab(), shown)), otherwise);
    }

    /** Waits for a text: of an element, in a field, or in a toast. */
    public User shouldSee(String text) {
        until(() -> tab().shows(text), () -> "nobody sees \"" + text + "\"");
        return this;
    }

    /** Waits until a text is to be seen no more. */
    public User shouldNotSee(String text) {
        until(() -> !tab().shows(text), () -> "\"" + text + "\" is still to be seen");
        return this;
    }

    /** What the page has told so far, from the first. */
    public List<String> toasts() {
        return tab().toasts();
    }

    /** Waits for the next download that the page offers, and fetches it. Each is there once, as in a browser. */
    public Download download() {
        String url = value(
                () -> tab().downloads().stream().skip(downloads).findFirst(), () -> "the page offers no download");
        downloads++;
        HttpResponse<byte[]> answer = fetch(below(url), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new AssertionError("the download was answered with " + answer.statusCode());
        }
        return new Download(answer);
    }

    /** Waits until all that was done has reached its handlers, and none of them holds the turn. */
    public User settle() {
        until(() -> tab().isQuiet(), () -> "there is still something going on");
        return this;
    }

    /** Waits until a handler holds the turn, and the page says so. */
    public User shouldBeBusy() {
        until(() -> tab().isBusy(), () -> "the page is not busy");
        return this;
    }

    /** Waits until the page has ended. */
    public User shouldBeGone() {
        until(() -> !tab().gone().isEmpty(), () -> "the page is still there");
        return this;
    }

    /** Answers all JavaScript of the page with that, instead of running it. */
    public User scriptAnswers(@Nullable Object value) {
        scriptAnswer = value;
        answersScripts = true;
        return this;
    }

    // The connection.

    /** Loses the connection, without a goodbye. */
    public User disconnect() {
        SocketWire lost = socket;
        if (lost != null) {
            socket = null;
            lost.cut();
            tab().disconnected(lost);
        }
        return this;
    }

    /** Comes back to the same page. */
    public User reconnect() {
        disconnect();
        Map<String, String> sent = new HashMap<>(headers);
        sent.put("Origin", site.getScheme() + "://" + site.getAuthority());
        URI address =
                URI.create(site.resolve(base + "/_plainweave/socket").toString().replaceFirst("^http", "ws"));
        SocketWire opened = new SocketWire(client, address, sent, tab());
        socket = opened;
        connected = true;
        opened.open();
        until(() -> tab().isLive() || !tab().gone().isEmpty(), () -> "there is no page after hello");
        return this;
    }

    /** Closes the tab. */
    public void leave() {
        if (tab != null) {
            told.addAll(tab.errors());
            wentTo = tab.wentTo().isEmpty() ? wentTo : tab.wentTo();
        }
        SocketWire open = socket;
        if (open != null) {
            open.send("{\"bye\":true}");
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

    // Waiting.

    void until(BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + patience.toNanos();
        AtomicBoolean met = new AtomicBoolean(); // once is enough: by now it may be true no more
        while (true) {
            Tab now = tab();
            boolean over = now.await(Duration.ofNanos(end - System.nanoTime()), () -> {
                met.set(condition.getAsBoolean());
                return met.get() || !now.broken().isEmpty() || isSentOn(now);
            });
            if (!now.broken().isEmpty()) {
                throw new AssertionError("the server broke the protocol: " + now.broken());
            }
            if (met.get()) {
                return;
            }
            if (!over) {
                throw new AssertionError(
                        otherwise.get() + ", within " + patience.toMillis() + " ms; there is\n" + this);
            }
            open(target(now).toString());
        }
    }

    <T> T value(Supplier<Optional<T>> search, Supplier<String> otherwise) {
        AtomicReference<@Nullable T> found = new AtomicReference<>();
        until(
                () -> {
                    found.set(search.get().orElse(null));
                    return found.get() != null;
                },
                otherwise);
        return Objects.requireNonNull(found.get());
    }

    /** A page of this server can be followed; others are for the test to ask for. */
    private boolean isSentOn(Tab from) {
        return !from.wentTo().isEmpty() && isHere(target(from));
    }

    private URI target(Tab from) {
        return below(from.wentTo());
    }

    private boolean isHere(URI address) {
        return Objects.equals(address.getAuthority(), site.getAuthority());
    }

    /** A link was clicked. */
    void follow(String href) {
        wentTo = href;
        URI address = at.resolve(href);
        if (isHere(address) && !href.startsWith("#")) {
            open(address.toString());
        }
    }

    /** Those handlers that failed, as far as the pages have said so. */
    List<String> errors() {
        return tabs.stream().flatMap(each -> each.told.stream()).toList();
    }

    /** What was done may still be on its way to a handler that fails; one that waits for something is not waited for. */
    void finish() {
        for (User each : tabs) {
            if (each.tab != null) {
                each.comeBack();
                each.tab.await(LAST_WORDS, each.tab::isQuiet);
            }
        }
        close();
    }

    /** A page tells of failures what it could not while its user was away; if it, and its server, are still there. */
    private void comeBack() {
        if (socket == null && connected) {
            try {
                reconnect();
            } catch (RuntimeException | AssertionError gone) {
                // then nobody will ever tell
            }
        }
    }

    @Override
    public void close() {
        if (tabs.getFirst() == this) {
            tabs.forEach(User::leave);
            client.shutdownNow();
        } else {
            leave();
        }
    }

    /** What there is to be seen. */
    @Override
    public String toString() {
        String lost = socket == null ? "" : socket.closed();
        return "  " + path() + "\n" + (tab == null ? "  (no page)\n" : tab.readable())
                + (lost.isEmpty() ? "" : "  (the server has closed the connection: " + lost + ")\n");
    }
}
