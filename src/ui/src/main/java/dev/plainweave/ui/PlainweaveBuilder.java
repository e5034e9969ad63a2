package dev.plainweave.ui;

import dev.plainweave.access.Authenticator;
import dev.plainweave.http.Cors;
import dev.plainweave.http.ErrorHandler;
import dev.plainweave.http.EventsHandler;
import dev.plainweave.http.EventsOptions;
import dev.plainweave.http.HttpHandler;
import dev.plainweave.http.HttpRoutes;
import dev.plainweave.http.Sessions;
import dev.plainweave.http.Uploads;
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
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;

/**
 * Collects what a server with live pages shall do: all that {@link WebServer.Builder} can, and pages. Every method returns
 * the builder; {@link #start} may be called once.
 */
public interface PlainweaveBuilder extends WebServer.Builder {
    /**
     * Shows a live page.
     *
     * @param path {@code /exact}, {@code /below/*}, or a template {@code /item/{id}}; see {@link PageRequest#parameter}
     * @param page builds it, once for each visit
     */
    PlainweaveBuilder page(String path, PageFunction page);

    /** How much pages may cost. {@link PageLimits#DEFAULT}. */
    PlainweaveBuilder pages(PageLimits limits);

    /**
     * A style sheet of the application's own for every page, after Plainweave's. Browsers keep it for a year, under an
     * address that changes with what is in it. May be called several times.
     *
     * @param beside a class of the program's: the name is relative to its package, or begins with a slash
     * @throws IllegalArgumentException if it is not on the class path
     */
    PlainweaveBuilder stylesheet(Class<?> beside, String name);

    /**
     * The language of the pages, but of those that say another ({@link Page#language}). {@code en}.
     *
     * @param tag of BCP 47, such as {@code de} or {@code pt-BR}
     * @throws IllegalArgumentException for what is no such tag
     */
    PlainweaveBuilder language(String tag);

    /** The icon of every page's tab, an SVG or PNG file; otherwise as {@link #stylesheet}. */
    PlainweaveBuilder icon(Class<?> beside, String name);

    /**
     * What errors look like to visitors: 404 and 403, 500 with the id of the failure, and what page functions throw as {@link
     * dev.plainweave.http.HttpError}. Without it there is a plain page. Programs, which do not ask for HTML, get a problem
     * document in any case.
     */
    PlainweaveBuilder errorPage(ErrorPageFunction page);

    /** Has a login page, with {@link LoginLimits#DEFAULT}. */
    default PlainweaveBuilder login(String path, PageFunction page) {
        return login(path, page, LoginLimits.DEFAULT);
    }

    /**
     * Has a login page: where {@link #requires} wants somebody, and comes somebody unknown, they are sent there, and after
     * {@link Page#login} back to where they wanted to go. It holds for pages, for their sockets, and for everything else of
     * this server. Nothing is required at the page itself, even below {@code requires("/*")}, nor for what all pages are made
     * of, below {@code /_plainweave/}. Whoever is not logged in is whom {@link #authenticate} finds, if that is set.
     *
     * @param path a plain one, such as {@code /login}
     * @throws IllegalArgumentException if there is one already
     */
    PlainweaveBuilder login(String path, PageFunction page, LoginLimits limits);

    /** Where storages are kept: in {@link Store#memory()}, unless said otherwise. */
    PlainweaveBuilder storage(Store store);

    /** All pages together, for what is no page; before the start, too. */
    App app();

    /** Is told of what handlers threw, beside the log. */
    PlainweaveBuilder onPageFailure(PageFailure listener);

    @Override
    PlainweaveBuilder io(IoPolicy policy);

    @Override
    PlainweaveBuilder host(String address);

    @Override
    PlainweaveBuilder tls(Tls tls);

    @Override
    PlainweaveBuilder origins(Origins allowed);

    @Override
    PlainweaveBuilder limits(Consumer<Limits.Builder> edit);

    @Override
    PlainweaveBuilder authenticate(Authenticator authenticator);

    @Override
    PlainweaveBuilder requires(String path, Predicate<? super Principal> allowed);

    @Override
    PlainweaveBuilder trustedProxies(String... trusted);

    @Override
    PlainweaveBuilder basePath(String path);

    @Override
    PlainweaveBuilder configure(Path file);

    @Override
    PlainweaveBuilder configure(Map<String, String> settings);

    @Override
    PlainweaveBuilder health(String path);

    @Override
    PlainweaveBuilder ready(String name, Duration timeout, Callable<Boolean> check);

    @Override
    PlainweaveBuilder readinessDelay(Duration delay);

    @Override
    PlainweaveBuilder metrics(String path);

    @Override
    PlainweaveBuilder meterRegistry(MeterRegistry registry);

    @Override
    PlainweaveBuilder meters(MeterBinder more);

    @Override
    PlainweaveBuilder accessLog(AccessLog format);

    @Override
    PlainweaveBuilder http(Consumer<HttpRoutes> edit);

    @Override
    PlainweaveBuilder websocket(String path, Consumer<WebSocketOptions> options, SessionHandler handler);

    @Override
    PlainweaveBuilder endpoint(Class<?> jakartaEndpoint);

    @Override
    default PlainweaveBuilder requires(String path) {
        WebServer.Builder.super.requires(path);
        return this;
    }

    @Override
    default PlainweaveBuilder ready(String name, Callable<Boolean> check) {
        WebServer.Builder.super.ready(name, check);
        return this;
    }

    @Override
    default PlainweaveBuilder shutdownGrace(Duration grace) {
        WebServer.Builder.super.shutdownGrace(grace);
        return this;
    }

    @Override
    default PlainweaveBuilder get(String path, HttpHandler handler) {
        WebServer.Builder.super.get(path, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder post(String path, HttpHandler handler) {
        WebServer.Builder.super.post(path, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder put(String path, HttpHandler handler) {
        WebServer.Builder.super.put(path, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder delete(String path, HttpHandler handler) {
        WebServer.Builder.super.delete(path, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder patch(String path, HttpHandler handler) {
        WebServer.Builder.super.patch(path, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder route(String method, String path, HttpHandler handler) {
        WebServer.Builder.super.route(method, path, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder events(String path, EventsHandler handler) {
        WebServer.Builder.super.events(path, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder events(String path, Consumer<EventsOptions> options, EventsHandler handler) {
        WebServer.Builder.super.events(path, options, handler);
        return this;
    }

    @Override
    default PlainweaveBuilder files(String path, Path root) {
        WebServer.Builder.super.files(path, root);
        return this;
    }

    @Override
    default PlainweaveBuilder files(String path, String classPathDirectory) {
        WebServer.Builder.super.files(path, classPathDirectory);
        return this;
    }

    @Override
    default PlainweaveBuilder webjars() {
        WebServer.Builder.super.webjars();
        return this;
    }

    @Override
    default PlainweaveBuilder filter(String path, Filter filter) {
        WebServer.Builder.super.filter(path, filter);
        return this;
    }

    @Override
    default PlainweaveBuilder servlet(String path, Servlet servlet) {
        WebServer.Builder.super.servlet(path, servlet);
        return this;
    }

    @Override
    default PlainweaveBuilder context(Consumer<ServletContextHandler> edit) {
        WebServer.Builder.super.context(edit);
        return this;
    }

    @Override
    default PlainweaveBuilder onError(ErrorHandler handler) {
        WebServer.Builder.super.onError(handler);
        return this;
    }

    @Override
    default PlainweaveBuilder uploads(Uploads limits) {
        WebServer.Builder.super.uploads(limits);
        return this;
    }

    @Override
    default PlainweaveBuilder sessions(Sessions settings) {
        WebServer.Builder.super.sessions(settings);
        return this;
    }

    @Override
    default PlainweaveBuilder cors(String path, Cors rule) {
        WebServer.Builder.super.cors(path, rule);
        return this;
    }

    @Override
    default PlainweaveBuilder compression(boolean wanted) {
        WebServer.Builder.super.compression(wanted);
        return this;
    }

    @Override
    default PlainweaveBuilder websocket(String path, SessionHandler handler) {
        WebServer.Builder.super.websocket(path, handler);
        return this;
    }
}
