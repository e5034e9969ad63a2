package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.server.Cpu;
import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tab: its tree, its turn, its writer, and what happens to it. */
final class LivePage implements Page {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);
    private static final Duration FOR_EVER = Duration.ofDays(365);
    /** After a goodbye: a page may still come out of the back-forward cache. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    final String id;
    final byte[] secret;
    final String visitor;
    final Tree tree;
    final PageWriter writer;

    private final Pages pages;
    private final PageRequest request;
    private final Turn turn;
    private final Waits waits = new Waits();
    private final Inbox inbox = new Inbox(this);
    private final Column content = new Column();
    private final FirstAnswer first = new FirstAnswer();
    private volatile @Nullable CountDownLatch rendered = new CountDownLatch(1);
    private @Nullable List<Consumer<? super PageEnd>> onClose;
    private @Nullable List<PageTimer> timers;
    /** When it ends unless its browser comes (back), by System.nanoTime. Read where there is no link only. */
    private volatile long deadline;

    private volatile boolean left;

    LivePage(Pages pages, PageRequest request, String id, byte[] secret, String visitor) {
        this.pages = pages;
        this.request = request;
        this.id = id;
        this.secret = secret;
        this.visitor = visitor;
        tree = new Tree(content.node, pages.limits().elements(), this::changed);
        turn = new Turn(pages.limits().waitingEvents(), this::flush);
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

    // The first answer.

    /** Runs the page function; returns when there is something to show. */
    FirstAnswer start(PageFunction function) throws InterruptedException {
        CountDownLatch shown = Objects.requireNonNull(rendered);
        turn.submit(() -> {
            try {
                function.build(this);
            } catch (PageClosedException gone) {
                LOGGER.debug("the page function ended with its page", gone);
            } catch (Throwable failure) {
                if (!first.fail(failure)) {
                    failed(failure);
                }
            } finally {
                shown.countDown();
            }
        });
        if (!shown.await(pages.limits().firstAnswer().toMillis(), TimeUnit.MILLISECONDS)) {
            LOGGER.debug("a page function takes long, its page goes as it is");
        }
        first.close();
        rendered = null;
        return first;
    }

    FirstAnswer first() {
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

    private void failed(Throwable failure) {
        String error = pages.failed(this, failure);
        command(new Command("toast", List.of("Something went wrong. (" + error + ")", "danger", error), null));
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

    /** Waits, without the turn, until there is a result, or throws when the page has ended. */
    <T> T await(CompletableFuture<T> result) {
        return await(result, FOR_EVER).orElseThrow();
    }

    private <T> Optional<T> await(CompletableFuture<T> result, Duration limit) {
        try {
            return withoutTurn(() -> waits.await(result, limit));
        } catch (RuntimeException own) {
            throw own;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the user", interrupted);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T withoutTurn(Callable<T> work) throws Exception {
        Thread me = Thread.currentThread();
        if (tree.locked(() -> writer.isHeldBy(me))) {
            throw new IllegalStateException("nothing may wait inside atomically(...): wait before or after it");
        }
        CountDownLatch first = rendered;
        boolean mine = turn.isHeldByMe();
        if (first != null && mine) {
            first.countDown();
        }
        if (!mine) {
            flush();
            return work.call();
        }
        turn.giveUp();
        try {
            flush();
            return work.call();
        } finally {
            turn.takeBack();
        }
    }

    @Override
    public void sleep(Duration time) {
        await(new CompletableFuture<Void>(), time);
    }

    @Override
    public <T> T blocking(Callable<T> work) throws Exception {
        waits.end().ifPresent(end -> {
            throw new PageClosedException(end);
        });
        return withoutTurn(work);
    }

    @Override
    public <T> T cpu(Callable<T> work) throws Exception {
        return blocking(() -> Cpu.run(work));
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

    // Commands.

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
    public void toast(String text) {
        command(new Command("toast", List.of(text, "info"), null));
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

    ScriptModules modules() {
        return pages.modules();
    }

    // The page itself.

    @Override
    public PageRequest request() {
        return request;
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
        CountDownLatch first = rendered;
        if (first != null) {
            first.countDown();
        }
        tree.run(() -> {
            writer.end(Incoming.gone(reason == PageEnd.CLOSED ? "closed" : "ended"));
            if (timers != null) {
                timers.forEach(PageTimer::close);
            }
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
        boolean connected = tree.locked(() -> writer.isConnected());
        if (connected) {
            tree.run(() -> writer.closeIfStalled(slowConsumer));
        } else if (System.nanoTime() - deadline >= 0) {
            end(writer.wasConnected() ? (left ? PageEnd.LEFT : PageEnd.LOST) : PageEnd.NEVER_CONNECTED);
        }
    }
}
