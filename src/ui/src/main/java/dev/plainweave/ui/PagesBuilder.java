package dev.plainweave.ui;

import dev.plainweave.access.Authenticator;
import dev.plainweave.http.HttpRoutes;
import dev.plainweave.server.AccessLog;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.Limits;
import dev.plainweave.server.Tls;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.Origins;
import dev.plainweave.websocket.SessionHandler;
import dev.plainweave.websocket.WebSocketOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Sets up the routes that pages need, and leaves the rest to the server's own builder. */
final class PagesBuilder implements PlainweaveBuilder {
    private final WebServer.Builder server = WebServer.builder();
    private final Map<String, PageFunction> functions = new LinkedHashMap<>();
    private final HeadFiles head = new HeadFiles();
    private PageLimits limits = PageLimits.DEFAULT;
    private final LiveApp app = new LiveApp();
    private PageFailure onFailure = (page, error, failure) -> {};
    private Optional<ErrorPageFunction> errorPage = Optional.empty();
    private Optional<Store> store = Optional.empty();
    private Optional<String> loginPage = Optional.empty();
    private LoginLimits loginLimits = LoginLimits.DEFAULT;
    private Optional<Authenticator> authenticator = Optional.empty();

    @Override
    public PlainweaveBuilder page(String path, PageFunction page) {
        if (functions.putIfAbsent(path, Objects.requireNonNull(page, "page")) != null) {
            throw new IllegalArgumentException("there is a page at " + path + " already");
        }
        return this;
    }

    @Override
    public PlainweaveBuilder pages(PageLimits value) {
        limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    @Override
    public PlainweaveBuilder stylesheet(Class<?> beside, String name) {
        head.stylesheet(beside, name);
        return this;
    }

    @Override
    public PlainweaveBuilder language(String tag) {
        head.language(tag);
        return this;
    }

    @Override
    public PlainweaveBuilder icon(Class<?> beside, String name) {
        head.icon(beside, name);
        return this;
    }

    @Override
    public PlainweaveBuilder onPageFailure(PageFailure listener) {
        onFailure = Objects.requireNonNull(listener, "listener");
        return this;
    }

    @Override
    public PlainweaveBuilder errorPage(ErrorPageFunction page) {
        errorPage = Optional.of(page);
        return this;
    }

    @Override
    public PlainweaveBuilder login(String path, PageFunction page, LoginLimits limits) {
        if (loginPage.isPresent()) {
            throw new IllegalArgumentException("there is a login page already, at " + loginPage.get());
        }
        if (path.contains("{") || path.contains("*")) {
            throw new IllegalArgumentException("the login page has a plain path such as /login, was " + path);
        }
        page(path, page);
        loginPage = Optional.of(path);
        loginLimits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public PlainweaveBuilder storage(Store value) {
        store = Optional.of(value);
        return this;
    }

    @Override
    public App app() {
        return app;
    }

    private void install() {
        Pages pages = new Pages(limits, onFailure, app, store.orElseGet(Store::memory), loginPage, loginLimits);
        app.starts(pages, functions.keySet());
        Optional<Authenticator> ours = loginPage.map(path -> pages.logins());
        if (ours.isPresent() && authenticator.isPresent()) {
            server.authenticate(Authenticator.firstOf(ours.get(), authenticator.get()));
        } else {
            ours.or(() -> authenticator).ifPresent(server::authenticate);
        }
        new PagesRoutes(pages).install(server, functions, head, errorPage);
    }

    @Override
    public WebServer start() {
        install();
        return server.start();
    }

    @Override
    public WebServer start(int port) {
        install();
        return server.start(port);
    }

    @Override
    public Optional<String> host() {
        return server.host();
    }

    @Override
    public IoPolicy io() {
        return server.io();
    }

    @Override
    public PlainweaveBuilder io(IoPolicy policy) {
        server.io(policy);
        return this;
    }

    @Override
    public PlainweaveBuilder host(String address) {
        server.host(address);
        return this;
    }

    @Override
    public PlainweaveBuilder tls(Tls tls) {
        server.tls(tls);
        return this;
    }

    @Override
    public PlainweaveBuilder origins(Origins allowed) {
        server.origins(allowed);
        return this;
    }

    @Override
    public PlainweaveBuilder limits(Consumer<Limits.Builder> edit) {
        server.limits(edit);
        return this;
    }

    @Override
    public PlainweaveBuilder authenticate(Authenticator value) {
        authenticator = Optional.of(value);
        return this;
    }

    @Override
    public PlainweaveBuilder requires(String path, Predicate<? super Principal> allowed) {
        server.requires(path, allowed);
        return this;
    }

    @Override
    public PlainweaveBuilder trustedProxies(String... trusted) {
        server.trustedProxies(trusted);
        return this;
    }

    @Override
    public PlainweaveBuilder basePath(String path) {
        server.basePath(path);
        return this;
    }

    @Override
    public PlainweaveBuilder configure(Path file) {
        server.configure(file);
        return this;
    }

    @Override
    public PlainweaveBuilder configure(Map<String, String> settings) {
        server.configure(settings);
        return this;
    }

    @Override
    public PlainweaveBuilder health(String path) {
        server.health(path);
        return this;
    }

    @Override
    public PlainweaveBuilder ready(String name, Duration timeout, Callable<Boolean> check) {
        server.ready(name, timeout, check);
        return this;
    }

    @Override
    public PlainweaveBuilder readinessDelay(Duration delay) {
        server.readinessDelay(delay);
        return this;
    }

    @Override
    public PlainweaveBuilder metrics(String path) {
        server.metrics(path);
        return this;
    }

    @Override
    public PlainweaveBuilder meterRegistry(MeterRegistry registry) {
        server.meterRegistry(registry);
        return this;
    }

    @Override
    public PlainweaveBuilder meters(MeterBinder more) {
        server.meters(more);
        return this;
    }

    @Override
    public PlainweaveBuilder accessLog(AccessLog format) {
        server.accessLog(format);
        return this;
    }

    @Override
    public PlainweaveBuilder http(Consumer<HttpRoutes> edit) {
        server.http(edit);
        return this;
    }

    @Override
    public PlainweaveBuilder websocket(String path, Consumer<WebSocketOptions> options, SessionHandler handler) {
        server.websocket(path, options, handler);
        return this;
    }

    @Override
    public PlainweaveBuilder endpoint(Class<?> jakartaEndpoint) {
        server.endpoint(jakartaEndpoint);
        return this;
    }
}
