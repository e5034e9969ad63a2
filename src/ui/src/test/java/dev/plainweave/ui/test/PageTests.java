package dev.plainweave.ui.test;

import dev.plainweave.server.WebServer;
import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.PlainweaveBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension: each test has a server of its own on a free port of loopback, and as many users as it wants. A handler
 * that fails fails the test, unless that was {@linkplain #expectFailures expected}.
 *
 * <pre>{@code
 * @RegisterExtension
 * final PageTests pages = new PageTests(site -> site.page("/", Main::page));
 *
 * @Test
 * void greets() {
 *     User user = pages.user();
 *     user.open("/");
 *     user.find("Name").type("Ada");
 *     user.shouldSee("Hello, Ada");
 * }
 * }</pre>
 */
public final class PageTests implements BeforeEachCallback, AfterEachCallback {
    private final Consumer<? super PlainweaveBuilder> setUp;
    private final List<User> users = new ArrayList<>();
    private final List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    private boolean expected;
    private WebServer server;

    /** Tests of the application that is set up so. */
    public PageTests(Consumer<? super PlainweaveBuilder> setUp) {
        this.setUp = setUp;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        PlainweaveBuilder builder = Plainweave.builder().host("127.0.0.1").shutdownGrace(Duration.ofMillis(100));
        builder.onPageFailure((page, error, failure) -> failures.add(failure));
        setUp.accept(builder);
        server = builder.start(0);
    }

    /** A new visitor. */
    public User user() {
        User user = new User(server);
        users.add(user);
        return user;
    }

    /** The server that is tested. */
    public WebServer server() {
        return server;
    }

    /** Failures of handlers are what this test is about; what they were. */
    public List<Throwable> expectFailures() {
        expected = true;
        return failures;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        users.forEach(User::close);
        users.clear();
        server.close();
        List<Throwable> found = List.copyOf(failures);
        failures.clear();
        if (!expected && !found.isEmpty()) {
            AssertionError failed = new AssertionError(found.size() + " handlers failed");
            found.forEach(failed::addSuppressed);
            throw failed;
        }
        expected = false;
    }
}
