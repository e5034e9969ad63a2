package dev.plainweave.websocket;

import dev.plainweave.connector.ConnectionClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jetty handler that answers WebSocket handshakes with blocking sessions, on any connector: {@link
 * dev.plainweave.connector.BlockingConnector} or Jetty's own. Requests for other paths go to the wrapped handler.
 */
public final class WebSocketRoutes extends Handler.Wrapper {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketRoutes.class);

    private record Route(UriTemplatePathSpec path, WebSocketOptions options, SessionHandler handler) {}

    private final PathMappings<Route> routes = new PathMappings<>();
    private final SessionStats stats = new SessionStats();
    /** For a server that is stopped without having been asked to drain: its sessions are told why they end. */
    private final LifeCycle.Listener stopping = new LifeCycle.Listener() {
        @Override
        public void lifeCycleStopping(LifeCycle server) {
            shutdownSessions();
        }
    };

    private @Nullable Origins othersOrigins;
    private volatile boolean shuttingDown;

    /** No routes yet. */
    public WebSocketRoutes() {}

    /**
     * Adds a route; before the server starts.
     *
     * @param path a path, or a template such as {@code /chat/{room}}
     */
    public WebSocketRoutes add(String path, WebSocketOptions options, SessionHandler handler) {
        if (isStarted()) {
            throw new IllegalStateException("routes are added before the server starts");
        }
        UriTemplatePathSpec spec = new UriTemplatePathSpec(path);
        Route route = new Route(spec, Objects.requireNonNull(options), Objects.requireNonNull(handler));
        if (routes.put(spec, route) != null) {
            throw new IllegalArgumentException("there is a WebSocket at " + path + " already");
        }
        return this;
    }

    /**
     * Holds the handshakes for other endpoints, behind this handler, to the same rules: RFC 6455, section 4.2.1, and these
     * origins. Jakarta endpoints by themselves let every web page in.
     */
    public WebSocketRoutes guardOthers(Origins origins) {
        othersOrigins = Objects.requireNonNull(origins, "origins");
        return this;
    }

    /** Counts of this handler's sessions. */
    public SessionStats stats() {
        return stats;
    }

    /** Tells of every session whose connection has closed, on that connection's thread; one listener, set before the start. */
    public WebSocketRoutes onClosed(Consumer<? super SessionSummary> listener) {
        stats.tell(listener);
        return this;
    }

    @Override
    protected void doStart() throws Exception {
        shuttingDown = false;
        ConnectionClock.of(getServer());
        getServer().addEventListener(stopping);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        getServer().removeEventListener(stopping);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        MatchedResource<Route> match = routes.getMatched(path);
        if (match == null) {
            Upgrade.Refusal refusal = othersOrigins != null && Upgrade.forOthers(request)
                    ? Upgrade.refusal(request, othersOrigins)
                    : null;
            return refusal == null ? super.handle(request, response, callback) : refuse(response, callback, refusal);
        }
        Route route = match.getResource();
        Upgrade.Refusal refusal = shuttingDown
                ? Upgrade.SHUTTING_DOWN
                : Upgrade.refusal(request, route.options().origins());
        if (refusal != null) {
            return refuse(response, callback, refusal);
        }
        Upgrade.Agreement agreement = Upgrade.agree(request, route.options());
        Map<String, String> parameters = route.path().getPathParams(path);
        RequestHandshake handshake = new RequestHandshake(
                request,
                route.path().getDeclaration(),
                path,
                parameters == null ? Map.of() : parameters,
                agreement,
                principal(request));
        OptionalInt refused = admission(route, handshake);
        if (refused.isPresent()) {
            return refuse(
                    response, callback, new Upgrade.Refusal(refused.getAsInt(), "this handshake is not admitted"));
        }
        upgrade(request, response, handshake, agreement, route);
        response.write(true, null, callback);
        return true;
    }

    private static OptionalInt admission(Route route, Handshake handshake) {
        try {
            OptionalInt status = route.options().admission().refusal(handshake);
            if (status.isPresent() && (status.getAsInt() < 400 || status.getAsInt() > 599)) {
                throw new IllegalArgumentException(
                        "an admission refuses with a status from 400 to 599, not " + status.getAsInt());
            }
            return status;
        } catch (Exception failed) {
            LOGGER.warn("the admission of {} failed", route.path().getDeclaration(), failed);
            return OptionalInt.of(HttpStatus.INTERNAL_SERVER_ERROR_500);
        }
    }

    private static boolean refuse(Response response, Callback callback, Upgrade.Refusal refusal) {
        Upgrade.refuse(response, refusal);
        byte[] reason = (refusal.reason() + "\n").getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(reason), callback);
        return true;
    }

    private void upgrade(
            Request request, Response response, RequestHandshake handshake, Upgrade.Agreement agreement, Route route) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        Connector connector = request.getConnectionMetaData().getConnector();
        Wire wire = new Wire(endPoint, connector.getByteBufferPool(), stats);
        ServerSession session = new ServerSession(handshake, route.options(), stats, wire);
        SessionRunner runner = new SessionRunner(session, route.handler(), this);
        SessionConnection connection = new SessionConnection(wire, session, runner);
        connection.listeners(connector.getEventListeners());
        Upgrade.answer(response, agreement);
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    }

    private static @Nullable Principal principal(Request request) {
        return Request.getAuthenticationState(request).getUserPrincipal();
    }

    /** What waits in the outboxes of all sessions now. Visits every connection. */
    public Backlog backlog() {
        Backlog backlog = new Backlog(0, 0, 0);
        for (ServerSession session : sessions()) {
            backlog = session.sender().addTo(backlog);
        }
        return backlog;
    }

    /** Tells every session that the server shuts down: waiting ones at once, busy ones when they come back. */
    public void shutdownSessions() {
        shuttingDown = true;
        sessions().forEach(ServerSession::shutdown);
    }

    boolean shuttingDown() {
        return shuttingDown;
    }

    /** Says goodbye to every session that is still there, busy or not. */
    public void endSessions() {
        sessions().forEach(ServerSession::endForShutdown);
    }

    private List<ServerSession> sessions() {
        List<ServerSession> sessions = new ArrayList<>();
        for (Connector connector : getServer().getConnectors()) {
            for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                Connection connection = endPoint.getConnection();
                if (connection instanceof SslConnection tls) {
                    connection = tls.getSslEndPoint().getConnection();
                }
                if (connection instanceof SessionConnection session) {
                    sessions.add(session.session());
                }
            }
        }
        return sessions;
    }
}
