package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tab: its tree, its turn, its writer, and what happens to it. */
final class LivePage implements Page {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);
    /** After a goodbye: a page may still come out of the back-forward cache. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    final String id;
    final byte[] secret;
    final String visitor;
    final Visit visit;
    final Places.Place place;
    final Tree tree;
    final PageWriter writer;

    final Pages pages;
    private final Turn turn;
    private final Waits waits;
    private final Inbox inbox = new Inbox(this);
    private final Column content = new Column();
    private final FirstAnswer first = new FirstAnswer();
    private @Nullable List<Consumer<? super PageEnd>> onClose;
    private @Nullable List<PageTimer> timers;
    /** When it ends unless its browser comes (back), by System.nanoTime. Read where there is no link only. */
    private volatile long deadline;

    private volatile boolean left;
    /** Which tab it is in; empty until its browser has connected. */
    private String tab = "";

    private volatile @Nullable PageStorages storages;

    LivePage(Pages pages, Visit visit, Places.Place place, String id, byte[] secret) {
        this.pages = pages;
        this.visit = visit;
        this.place = place;
        this.id = id;
        this.secret = secret;
        visitor = visit.visitor();
        tree = new Tree(content.node, pages.limits().elements(), this::changed);
        turn = new Turn(pages.limits().waitingEvents(), this::flush);
        waits = new Waits(turn, pages.limits().waits(), this::flush, this::mayNotWait);
        writer = new PageWriter(tree, pages.clock(), turn::isBusy);
        content.attach(this);
        content.classes("pw-page container-lg py-4");
        deadline = System.nanoTime() + pages.limits().firstConnect().toNanos();
    }

    private void changed() {
        writer.changed();
    }

    private void flush() {
        writer.flush();
    }

    private boolean mayNotWait() {
        return tree.locked(() -> writer.isHeldBy(Thread.currentThread()));
    }

    // The first answer.

    /** Runs the page function; returns when there is something to show. */
    FirstAnswer start(PageFunction function) throws InterruptedException {
        turn.submit(() -> first.build(this, function));
        if (!waits.awaitRendered(pages.limits().firstAnswer())) {
            LOGGER.debug("a page function takes long, its page goes as it is");
        }
        first.close();
        waits.answered();
        return first;
    }

    // Events.

    /** Runs it as a handler of this page, when its turn is there. Returns at once. */
    void handle(Action action) {
        if (waits.end().isEmpty()) {
            turn.submit(() -> guarded(action));
        }
    }

    /** The same, before the handlers that wait already: for what is a part of the event that is being handled. */
    void handleNext(Action action) {
        if (waits.end().isEmpty()) {
            turn.submitNext(() -> guarded(action));
        }
    }

    /** Runs it now, on this thread; what it throws is told to the user and to the log. */
    void guarded(Action action) {
        try {
            action.run();
        } catch (PageClosedException gone) {
            LOGGER.debug("a handler ended with its page", gone);
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    /** Tells it to the log and to the user; the id that both are told. */
    String failed(Throwable failure) {
        String error = pages.failed(this, failure);
        command(new Command("toast", List.of("Something went wrong. (" + error + ")", "danger", error), null));
        return error;
    }

    boolean isUsable(Node node) {
        return tree.locked(node::isUsable);
    }

    /** An event came for what is not there, or may not be operated. */
    void ignored() {
        pages.ignored();
    }

    /** The same; where it was an edit, the browser shows again what the server has. */
    void ignored(Node node, Object event) {
        ignored();
        if (!(event instanceof JsonNode data) || !data.has("edit")) {
            return;
        }
        tree.run(() -> {
            if (node.tree != null) {
                node.edits = Math.max(node.edits, data.path("edit").asInt());
                tree.resend(node, Node.VALUE);
                tree.resend(node, Node.CHECKED);
            }
        });
    }

    // The connection.

    Inbox inbox() {
        return inbox;
    }

    void awaitRoom() throws InterruptedException {
        turn.awaitRoom();
    }

    /** The tab says goodbye, or has come after all. */
    void left(boolean goodbye) {
        left = goodbye;
        if (goodbye) {
            expireIn(GOODBYE);
        }
    }

    /** The connection has gone: unless the tab said goodbye, it may come back. */
    void away() {
        if (!left) {
            expireIn(pages.limits().retention());
        }
    }

    // Waits.

    Waits waits() {
        return waits;
    }

    /** Waits, without the turn, until there is a result, or throws when the page has ended. */
    <T> T await(CompletableFuture<T> result) {
        return waits.await(result);
    }

    @Override
    public void background(Action action) {
        Thread.ofVirtual().name("page-background").start(() -> guarded(action));
    }

    @Override
    public Registration every(Duration period, Action action) {
        PageTimer timer = new PageTimer(this, pages.clock(), period, action);
        tree.run(() -> {
            timers = timers == null ? new ArrayList<>(2) : timers;
            timers.removeIf(PageTimer::isClosed);
            timers.add(timer);
        });
        waits.end().ifPresent(end -> timer.close());
        return timer;
    }

    @Override
    public void atomically(Runnable changes) {
        Thread me = Thread.currentThread();
        if (!tree.locked(() -> writer.hold(me))) {
            changes.run();
            return;
        }
        try {
            changes.run();
        } finally {
            tree.run(() -> writer.release(me));
        }
    }

    void command(Command command) {
        Command dropped =
                tree.locked(() -> Optional.ofNullable(writer.command(command))).orElse(command);
        if (dropped != command && dropped.answer != null) {
            dropped.answer.completeExceptionally(new IllegalStateException("more than " + CommandLog.LIMIT
                    + " commands waited for the browser, which is away or slow: this one, " + dropped.name
                    + ", was given up"));
        }
    }

    @Override
    public void navigate(String url) {
        String safe = Urls.checked(url);
        if (!first.redirect(safe)) {
            command(new Command("navigate", List.of(safe), null));
        }
    }

    @Override
    public JsCall js(String functionBody, Object... arguments) {
        Json json = Json.of(List.of(arguments));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        String url = pages.scripts().publish(this, functionBody);
        CompletableFuture<JsonNode> done =
                answer.whenComplete((value, failure) -> pages.scripts().done(url));
        command(new Command("js", List.of(url, json), answer));
        return new JsCall(this, done);
    }

    // The page itself.

    @Override
    public PageRequest request() {
        return visit.request();
    }

    @Override
    public void title(String title) {
        content.set(content.node, "data-title", title);
    }

    @Override
    public void status(int status) {
        first.status(status);
    }

    @Override
    public <E extends Element<E>> E add(int index, E element) {
        return content.add(index, element);
    }

    @Override
    public int size() {
        return content.size();
    }

    @Override
    public void clear() {
        content.clear();
    }

    Pages all() {
        return pages;
    }

    /** Whether it was opened by that login. */
    @SuppressWarnings("ReferenceEquality") // one login of a user is not another
    boolean isOf(LoginSession login) {
        return visit.login() == login;
    }

    /** Its user does something. */
    void used() {
        LoginSession login = visit.login();
        if (login != null) {
            login.used();
        }
    }

    @Override
    public Storage storage(Scope scope) {
        PageStorages all = storages;
        if (all == null) {
            all = tree.locked(() -> {
                PageStorages made = storages == null ? new PageStorages(this, pages, tab) : storages;
                storages = made;
                return made;
            });
        }
        return all.of(scope);
    }

    /** What was asked for of it. */
    Optional<PageStorages> storages() {
        return Optional.ofNullable(storages);
    }

    /** Its browser has connected, in that tab; empty for one that was told of no name yet. Under the tree's lock. */
    void arrived(String inTab) {
        if (tab.isEmpty()) {
            tab = inTab.isEmpty() ? id : inTab;
            if (storages != null) {
                storages.arrived(tab);
            }
        }
    }

    /** Whether its browser is there, and means to stay. */
    boolean isPresent() {
        return !left && tree.locked(() -> writer.isConnected());
    }

    // Its end.

    @Override
    public Registration onClose(Consumer<? super PageEnd> once) {
        tree.run(() -> {
            onClose = onClose == null ? new ArrayList<>(1) : onClose;
            onClose.add(once);
        });
        waits.end().ifPresent(this::tell);
        return () -> tree.run(() -> Objects.requireNonNull(onClose).remove(once));
    }

    @Override
    public void close() {
        end(PageEnd.CLOSED);
    }

    boolean hasEnded() {
        return waits.end().isPresent();
    }

    /** Ends it, once: everybody who waits is released, nothing more is sent. */
    void end(PageEnd reason) {
        if (!waits.end(reason)) {
            return;
        }
        pages.remove(this);
        turn.end();
        storages().ifPresent(PageStorages::release);
        tree.run(() -> {
            writer.end(Incoming.gone(
                    reason == PageEnd.CLOSED ? "closed" : reason == PageEnd.LOGGED_OUT ? "login" : "ended"));
            if (timers != null) {
                timers.forEach(PageTimer::close);
            }
            tree.release();
        });
        tell(reason);
    }

    /** Each that wants to know, once: also one that comes when the page has just ended. */
    private void tell(PageEnd reason) {
        List<Consumer<? super PageEnd>> told = tree.locked(() -> {
            List<Consumer<? super PageEnd>> all = onClose == null ? List.of() : List.copyOf(onClose);
            onClose = new ArrayList<>(0);
            return all;
        });
        if (!told.isEmpty()) {
            Thread.ofVirtual()
                    .name("page-closed")
                    .start(() -> told.forEach(callback -> guarded(() -> callback.accept(reason))));
        }
    }

    /** It ends that long from now, unless its browser comes back. */
    void expireIn(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** Looks at the time: a browser that is away, or does not keep up. */
    void look(Duration slowConsumer) {
        LoginSession login = visit.login();
        if (login != null && login.isOver()) {
            end(PageEnd.LOGGED_OUT);
            return;
        }
        boolean connected = tree.locked(() -> writer.isConnected());
        if (connected) {
            tree.run(() -> writer.closeIfStalled(slowConsumer));
        } else if (System.nanoTime() - deadline >= 0) {
            end(writer.wasConnected() ? (left ? PageEnd.LEFT : PageEnd.LOST) : PageEnd.NEVER_CONNECTED);
        }
    }
}
