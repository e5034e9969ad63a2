package dev.plainweave.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;

/**
 * What is at which path. The server's builder has it all; by itself it serves any Jetty server, on any connector:
 *
 * <pre>{@code
 * ServletContextHandler context = new ServletContextHandler("/");
 * HttpRoutes routes = new HttpRoutes().route("GET", "/hello", (request, response) -> response.getWriter().print("hello"));
 * server.setHandler(routes.install(context));
 * }</pre>
 *
 * <p>The most specific path wins: an exact one, then a template, then the longest with a {@code *}. A servlet has its
 * paths for itself. Every method is to be called before the server starts, by one thread.
 */
public final class HttpRoutes {
    /** The request attribute with the path that a trusted proxy has taken off; absent where none has. */
    public static final String PREFIX_ATTRIBUTE = "dev.plainweave.http.prefix";

    private static final String WEBJARS = "META-INF/resources/webjars";

    private final RouteTable table = new RouteTable();
    private final List<ServletHolder> files = new ArrayList<>();
    private final List<FileRoot> roots = new ArrayList<>();
    private final List<Consumer<ServletContextHandler>> edits = new ArrayList<>();
    private final EventStreams streams = new EventStreams();
    private final CorsHandler cors = new CorsHandler();
    private ErrorHandler errors = (failure, request, response) -> false;
    private Uploads uploads = Uploads.DEFAULT;
    private Sessions sessions = Sessions.DEFAULT;
    private boolean compression = true;

    /** No routes yet. */
    public HttpRoutes() {}

    /**
     * Answers that method. GET answers HEAD too, and OPTIONS is answered with the methods there are, unless they have
     * handlers of their own.
     *
     * @param path {@code /exact}, {@code /below/*}, or a template {@code /item/{id}}; see {@link PathParameters}
     * @throws IllegalArgumentException if it has a handler already, or is no such path
     */
    public HttpRoutes route(String method, String path, HttpHandler handler) {
        table.add(method, path, Objects.requireNonNull(handler, "handler"));
        return this;
    }

    /** Serves server-sent events; see {@link EventStream}. */
    public HttpRoutes events(String path, Consumer<EventsOptions> edit, EventsHandler handler) {
        Objects.requireNonNull(handler, "handler");
        EventsOptions options = new EventsOptions();
        edit.accept(options);
        return route("GET", path, (request, response) -> streams.serve(request, response, options, handler));
    }

    /**
     * Serves the files of a directory: with validators, ranges, {@code index.html}, and the {@code .br} and {@code .gz}
     * files that lie beside them. Never a listing, a name that begins with a dot, or what a link outside leads to.
     *
     * @throws IllegalArgumentException if there is no such directory
     */
    public HttpRoutes files(String path, Path root, CachePolicy caching) {
        return files(path, FileRoot.directory(root), caching);
    }

    /** The same for a directory of the class path, such as {@code site}. */
    public HttpRoutes files(String path, String classPathDirectory, CachePolicy caching) {
        return files(path, FileRoot.classPath(classPathDirectory), caching);
    }

    private HttpRoutes files(String path, FileRoot root, CachePolicy caching) {
        RouteTable.check(path);
        if (path.contains("*") || path.contains("{")) {
            throw new IllegalArgumentException("files are below a plain path such as /assets, was " + path);
        }
        ServletHolder holder = new ServletHolder("files" + files.size(), new StaticFiles(root, caching));
        files.add(holder);
        roots.add(root);
        HttpHandler handler = StaticFiles.in(holder);
        return route("GET", path.endsWith("/") ? path + "*" : path + "/*", handler);
    }

    /**
     * Serves the WebJars on the class path below {@code /webjars}. Their paths have the version in them, so they are kept
     * for a year.
     */
    public HttpRoutes webjars() {
        Predicate<String> versioned = Pattern.compile("[^/]+/\\d[^/]*/.+").asMatchPredicate();
        return files(
                "/webjars",
                FileRoot.classPath(WEBJARS),
                file -> versioned.test(file) ? CachePolicy.IMMUTABLE : CachePolicy.ASK);
    }

    /** Puts a filter before whatever is at the path (of the servlet kind: {@code /*}, {@code /api/*}, {@code *.html}). */
    public HttpRoutes filter(String path, Filter filter) {
        FilterHolder holder = new FilterHolder(Objects.requireNonNull(filter, "filter"));
        holder.setAsyncSupported(true);
        edits.add(context -> context.addFilter(holder, path, EnumSet.of(DispatcherType.REQUEST)));
        return this;
    }

    /** Puts a servlet at the path (of the servlet kind), with those init parameters. */
    public HttpRoutes servlet(String path, Servlet servlet, Map<String, String> initParameters) {
        ServletHolder holder = new ServletHolder(Objects.requireNonNull(servlet, "servlet"));
        holder.setInitParameters(Map.copyOf(initParameters));
        holder.setAsyncSupported(true);
        edits.add(context -> context.addServlet(holder, path));
        return this;
    }

    /** Gives access to all that Jetty's servlet context can do: listeners, initializers, error pages, attributes. */
    public HttpRoutes context(Consumer<ServletContextHandler> edit) {
        edits.add(Objects.requireNonNull(edit, "edit"));
        return this;
    }

    /** Lets the application say what errors look like, and what its exceptions mean. Of several, the first that answers. */
    public HttpRoutes onError(ErrorHandler handler) {
        Objects.requireNonNull(handler, "handler");
        ErrorHandler before = errors;
        errors = (failure, request, response) ->
                before.handle(failure, request, response) || handler.handle(failure, request, response);
        return this;
    }

    /** Limits of uploads. {@link Uploads#DEFAULT}. */
    public HttpRoutes uploads(Uploads limits) {
        uploads = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /** How sessions are kept. {@link Sessions#DEFAULT}. */
    public HttpRoutes sessions(Sessions settings) {
        sessions = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Which other origins' pages may read what is at the path. None by default. */
    public HttpRoutes cors(String path, Cors rule) {
        cors.add(path, Objects.requireNonNull(rule, "rule"));
        return this;
    }

    /**
     * Whether text of 1 KiB and more is compressed with gzip for clients that take it. True. Event streams and ranges never
     * are. A page that has a secret in its body (a token against request forgery, say) beside what a stranger can choose
     * should not be: the size tells about the secret (BREACH). Session cookies are in no body and so not concerned.
     */
    public HttpRoutes compression(boolean wanted) {
        compression = wanted;
        return this;
    }

    /**
     * Puts all this into a context that has not been started.
     *
     * @return what to give the server as its handler; whoever puts authentication between puts it around what {@link
     *     #inner} returns and gives the result to {@link #outer}
     */
    public Handler install(ServletContextHandler context) {
        return outer(inner(context));
    }

    /** The context with the routes in it, and compression. */
    public Handler inner(ServletContextHandler context) {
        FilterHolder failures = new FilterHolder(new FailureFilter(errors));
        failures.setAsyncSupported(true);
        context.addFilter(failures, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        context.setErrorHandler(new ServletErrors(errors));
        context.setSessionHandler(new BoundedSessions(sessions));
        context.setWelcomeFiles(new String[] {"index.html"});
        context.addBean(streams);
        edits.forEach(edit -> edit.accept(context));
        files.forEach(holder -> context.getServletHandler().addServlet(holder));
        context.addAliasCheck((path, linked) -> roots.stream().anyMatch(root -> root.holds(linked)));
        if (context.getServletHandler().getServletMapping("/") == null) {
            ServletHolder holder = new ServletHolder("routes", new RouteServlet(table, uploads));
            holder.setAsyncSupported(true);
            context.addServlet(holder, "/"); // what no servlet of the application's own has
        } else if (!table.isEmpty()) {
            throw new IllegalStateException(
                    "a servlet is mapped to \"/\", so that no route can be reached: map it to the"
                            + " paths that are its own, or serve files with files(...)");
        }
        return compression ? new Compressor(context) : context;
    }

    /** What must come before anything else, authentication included: the answers to preflights. */
    public Handler outer(Handler handler) {
        if (cors.isEmpty()) {
            return handler;
        }
        cors.setHandler(handler);
        return cors;
    }

    /** The methods that any route answers. */
    public Set<String> methods() {
        return table.methods();
    }

    /** Open event streams. */
    public int eventStreams() {
        return streams.count();
    }
}
