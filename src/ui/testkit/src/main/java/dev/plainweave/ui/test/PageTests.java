package dev.plainweave.ui.test;

import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension: each test has a server of its own on a free port of loopback, and as many users as it wants. A handler
 * that fails fails the test, unless that was {@linkplain #expectFailures expected}; so does a visit that is answered with 500,
 * and a line of the log at ERROR.
 *
 * <pre>{@code
 * @RegisterExtension
 * final PageTests pages = new PageTests(() -> Plainweave.builder().page("/", Main::page));
 *
 * @Test
 * void greets() {
 *     User user = pages.user();
 *     user.open("/");
 *     user.find("Name").type("Ada");
 *     user.shouldSee("Hello, Ada");
 * }
 * }</pre>
 *
 * <p>Of a failing handler it hears through the page, which tells its user of an error under an id; its stack is in the log
 * under that id. A user who is away at the end of the test comes back to hear of it. Where the builder is made with {@linkplain #PageTests(Function) a listener}, the test fails with the
 * exceptions themselves, and with those of pages that nobody has open any more.
 *
 * <p>Lines at ERROR are heard of Logback and of java.util.logging (SEVERE), from the test's own thread, its server's, and those
 * they have started; of tests in parallel each has its own.
 */
public final class PageTests implements BeforeEachCallback, AfterEachCallback {
    private final Function<? super Consumer<Throwable>, ? extends WebServer.Builder> site;
    private final boolean listens;
    private final List<User> users = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private ErrorLog log = new ErrorLog();
    private boolean expected;
    private @Nullable WebServer server;

    /**
     * Tests of an application.
     *
     * @param site makes its builder, once for each test; where it listens is set here
     */
    public PageTests(Supplier<? extends WebServer.Builder> site) {
        this(false, failures -> site.get());
    }

    /**
     * Tests of an application that says which exceptions its handlers have thrown.
     *
     * <pre>{@code
     * new PageTests(failures -> Plainweave.builder()
     *         .page("/", Main::page)
     *         .onPageFailure((page, id, failure) -> failures.accept(failure)));
     * }</pre>
     *
     * @param site makes its builder, once for each test; its argument is to be told of what handlers throw
     */
    public PageTests(Function<? super Consumer<Throwable>, ? extends WebServer.Builder> site) {
        this(true, site);
    }

    private PageTests(boolean listens, Function<? super Consumer<Throwable>, ? extends WebServer.Builder> site) {
        this.listens = listens;
        this.site = site;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        log = new ErrorLog();
        log.begin();
        server = site.apply((Consumer<Throwable>) failures::add)
                .host("127.0.0.1")
                .shutdownGrace(Duration.ofMillis(100))
                .start(0);
    }

    /** A new visitor. */
    public User user() {
        User user = new User(server());
        users.add(user);
        return user;
    }

    /** The server that is tested. */
    public WebServer server() {
        if (server == null) {
            throw new IllegalStateException(
                    "there is a server while a test runs: is this a field with @RegisterExtension?");
        }
        return server;
    }

    /**
     * Failures of handlers, or errors in the log, are what this test is about.
     *
     * @return what they were, as far as this {@linkplain #PageTests(Function) is told}
     */
    public List<Throwable> expectFailures() {
        expected = true;
        return failures;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        users.forEach(User::finish);
        server().close();
        List<String> logged = log.end();
        List<String> said = listens
                ? List.of()
                : users.stream().flatMap(user -> user.errors().stream()).toList();
        List<Throwable> thrown = List.copyOf(failures);
        boolean wanted = expected;
        users.clear();
        failures.clear();
        expected = false;
        server = null;
        if (!wanted && !(said.isEmpty() && thrown.isEmpty() && logged.isEmpty())) {
            int handlers = said.size() + thrown.size();
            AssertionError failed = new AssertionError(
                    (handlers == 0 ? "" : handlers + " handlers failed; their stacks are in the log" + lines(said))
                            + (handlers == 0 || logged.isEmpty() ? "" : "\n")
                            + (logged.isEmpty() ? "" : logged.size() + " errors were logged" + lines(logged)));
            thrown.forEach(failed::addSuppressed);
            throw failed;
        }
    }

    private static String lines(List<String> said) {
        return said.isEmpty() ? "" : ":\n" + String.join("\n", said);
    }
}
