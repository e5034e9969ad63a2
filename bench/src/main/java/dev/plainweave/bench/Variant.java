package dev.plainweave.bench;

import dev.plainweave.bench.variant.LivePages;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One server to compare.
 *
 * @param name as printed, and given to {@code --variants}
 * @param about what it is, for the report
 * @param target what to start, after {@code java} and the common flags
 * @param routes what it serves, and where
 * @param product whether it is Plainweave, which must pass every check before it is measured and break no invariant
 * @param requires a file without which it cannot start
 */
public record Variant(
        String name,
        String about,
        List<String> target,
        Map<Route, String> routes,
        boolean product,
        Optional<Path> requires) {

    public static final String NATIVE_BLOCKING = "native-blocking";
    public static final String NATIVE_SELECTOR = "native-selector";
    public static final String JAKARTA_BLOCKING = "jakarta-blocking";
    public static final String JAKARTA_SELECTOR = "jakarta-selector";
    public static final String FLOOR = "floor";
    public static final String STOCK_JETTY = "stock-jetty";
    public static final String HELIDON = "helidon";
    public static final String TOMCAT = "tomcat";

    private static final String NATIVE = "Plainweave's sessions: session.send(session.receive())";
    private static final String JAKARTA = "a Jakarta @ServerEndpoint on Plainweave";

    private static final Map<Route, String> NATIVE_ROUTES = Map.of(
            Route.ECHO, "/echo",
            Route.WAIT, "/wait",
            Route.FEED, "/feed",
            Route.PUBLISH, "/publish",
            Route.HELLO, "/hello",
            Route.POST, "/post",
            Route.METRICS, "/metrics",
            Route.PAGES, LivePages.PATH,
            Route.TLS, "/echo");
    private static final Map<Route, String> JAKARTA_ROUTES = Map.of(
            Route.ECHO, "/jakarta/echo",
            Route.WAIT, "/jakarta/wait",
            Route.FEED, "/jakarta/feed",
            Route.PUBLISH, "/jakarta/publish",
            Route.HELLO, "/hello",
            Route.POST, "/post",
            Route.METRICS, "/metrics",
            Route.TLS, "/jakarta/echo");
    private static final Map<Route, String> PEER_ROUTES = Map.of(Route.ECHO, "/echo", Route.HELLO, "/hello");

    /** All of them, run from the class path. */
    public static List<Variant> all() {
        return List.of(
                product(NATIVE_BLOCKING, NATIVE + ", blocking connector", "blocking", NATIVE_ROUTES),
                product(NATIVE_SELECTOR, NATIVE + ", Jetty's ServerConnector", "selector", NATIVE_ROUTES),
                product(JAKARTA_BLOCKING, JAKARTA + ", blocking connector", "blocking", JAKARTA_ROUTES),
                product(JAKARTA_SELECTOR, JAKARTA + ", Jetty's ServerConnector", "selector", JAKARTA_ROUTES),
                main(
                        FLOOR,
                        "a bare echo on virtual threads that checks nothing: not a server, a lower bound",
                        "FloorServer",
                        Map.of(Route.ECHO, "/echo")),
                main(
                        STOCK_JETTY,
                        "a Jakarta endpoint on Jetty alone, QueuedThreadPool with a VirtualThreadPool",
                        "StockJettyServer",
                        PEER_ROUTES),
                main(HELIDON, "Helidon 4 SE, as its guide sets it up", "HelidonServer", PEER_ROUTES),
                main(TOMCAT, "Tomcat embedded, useVirtualThreads", "TomcatServer", PEER_ROUTES));
    }

    /** The one of that name. */
    public static Variant named(String name) {
        return all().stream()
                .filter(variant -> variant.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no variant " + name));
    }

    /** The product's variants, run from the jar that ships; it serves fewer routes. */
    public static List<Variant> ofJar(Path jar) {
        return all().stream()
                .filter(variant -> variant.product)
                .map(variant -> variant.from(jar))
                .toList();
    }

    private Variant from(Path jar) {
        String io = target.getLast();
        return new Variant(
                name,
                about + "; the jar",
                List.of("-jar", jar.toString(), "--port", "0", "--host", "127.0.0.1", "--io", io),
                Map.of(Route.ECHO, path(Route.ECHO), Route.HELLO, "/health", Route.METRICS, path(Route.METRICS)),
                true,
                Optional.of(jar));
    }

    public boolean serves(Set<Route> wanted) {
        return routes.keySet().containsAll(wanted);
    }

    /** The path of a route that it serves. */
    public String path(Route route) {
        String path = routes.get(route);
        if (path == null) {
            throw new IllegalStateException(name + " does not serve " + route);
        }
        return path;
    }

    /** The whole command line. */
    public List<String> command(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(target);
        command.addAll(arguments);
        return command;
    }

    private static Variant product(String name, String about, String io, Map<Route, String> routes) {
        List<String> target =
                List.of("-cp", classPath(false), "dev.plainweave.bench.variant.ProductServer", "--io", io);
        return new Variant(name, about, target, routes, true, Optional.empty());
    }

    private static Variant main(String name, String about, String main, Map<Route, String> routes) {
        List<String> target = List.of("-cp", classPath(name.equals(TOMCAT)), "dev.plainweave.bench.variant." + main);
        return new Variant(name, about, target, routes, false, Optional.empty());
    }

    /** Tomcat and Jetty both bring an implementation of Jakarta WebSocket: nobody gets both, nor what builds on the other. */
    private static String classPath(boolean tomcat) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> tomcat ? ofTomcat(entry) || isOurs(entry) : !ofTomcat(entry))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether that is where this class is from. */
    private static boolean isOurs(String entry) {
        return Path.of(entry)
                .toUri()
                .equals(Path.of(URI.create(Variant.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toUri());
    }

    private static boolean ofTomcat(String entry) {
        return Path.of(entry).getFileName().toString().startsWith("tomcat-");
    }
}
