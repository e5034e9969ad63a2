package dev.plainweave.connector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * How long a client may take over a request. Jetty's idle timeout begins anew with every byte; a client that sends one byte
 * every few seconds keeps its connection for ever. These deadlines it cannot put off:
 *
 * <ul>
 *   <li><b>headers</b>: from the first byte of a request to the end of its headers, and from accept to the end of the TLS
 *       handshake. A request that is late gets 408 and {@code Connection: close} (RFC 9110, 15.5.9), a handshake is cut off.
 *   <li><b>stalled body</b>: how long whoever reads the body may wait without a byte; a body that stays below
 *       {@value StallMeter#MIN_BYTES_PER_SECOND} bytes a second over three times that is stalled too.
 *   <li><b>body</b>: from the end of the headers to the end of the body.
 * </ul>
 *
 * <p>When a body is late, reading it fails, which becomes a 408 unless the handler answers otherwise. A body that nobody
 * waits for is not late.
 *
 * <p>A handler around all others, which works on any connector, this project's or Jetty's:
 *
 * <pre>{@code
 * server.setHandler(new RequestDeadlines(
 *         server, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(10), late -> {}, application));
 * }</pre>
 *
 * <p>Deadlines are met to {@value ConnectionClock#TICK_MILLIS} ms. They cost a WebSocket session nothing.
 */
public final class RequestDeadlines extends Handler.Wrapper implements Connection.Listener, Clocked {
    /** What a client was too slow with. */
    public enum Late {
        /** A request's headers, or a TLS handshake. */
        HEADERS,
        /** The next bytes of a body. */
        STALLED_BODY,
        /** A body as a whole. */
        BODY
    }

    /** The deadlines in nanoseconds, and who is told when one has been missed. */
    record Terms(long headers, long stall, long body, Consumer<? super Late> missed) {}

    private final Map<Connection, RequestWatch> watches = new ConcurrentHashMap<>();
    private final Terms terms;

    /**
     * Around that handler.
     *
     * @param server whose clock tells the time, and whose connectors tell of their connections
     * @param headers for a request's headers, and for a TLS handshake
     * @param stall for the next bytes of a body
     * @param body for a body as a whole
     * @param missed is told of each deadline that was missed, on the clock's thread: it must not block
     * @param handler who answers requests
     */
    public RequestDeadlines(
            Server server,
            Duration headers,
            Duration stall,
            Duration body,
            Consumer<? super Late> missed,
            Handler handler) {
        super(handler);
        terms = new Terms(
                ConnectorSettings.positive(headers, "header deadline").toNanos(),
                ConnectorSettings.positive(stall, "body stall").toNanos(),
                ConnectorSettings.positive(body, "body deadline").toNanos(),
                missed);
        ConnectionClock.of(server).show(this);
        for (Connector connector : server.getConnectors()) {
            connector.addEventListener(this);
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) { // HTTP; not TLS, and not what a connection is upgraded to
            watches.put(connection, new RequestWatch(connection));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        watches.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        RequestWatch watch = watches.get(request.getConnectionMetaData().getConnection());
        if (watch == null) {
            return super.handle(request, response, callback);
        }
        boolean bodied = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        TimedBody body = bodied ? new TimedBody(request) : null;
        watch.begin(body);
        Request.addCompletionListener(request, ended -> watch.end());
        return super.handle(body == null ? request : body, response, callback);
    }

    @Override
    public void tick(long now) {
        for (RequestWatch watch : watches.values()) {
            watch.tick(now, terms);
        }
    }
}
