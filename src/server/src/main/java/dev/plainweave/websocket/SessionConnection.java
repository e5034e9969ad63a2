package dev.plainweave.websocket;

import dev.plainweave.connector.Clocked;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EventListener;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** A session as Jetty sees it: the connection that an upgraded endpoint has. Lean, since there is one for every session. */
final class SessionConnection implements Connection, Connection.UpgradeTo, Clocked {
    private final Wire wire;
    private final ServerSession session;
    private @Nullable SessionRunner runner;
    /** The list that the last connection got: the next one's is most likely the same. */
    private static volatile List<Listener> last = List.of();

    private List<Listener> listeners = List.of();

    SessionConnection(Wire wire, ServerSession session, SessionRunner runner) {
        this.wire = wire;
        this.session = session;
        this.runner = runner;
    }

    /** Those of the connector's listeners that listen to connections. */
    void listeners(Collection<EventListener> all) {
        List<Listener> wanted = all.stream()
                .filter(Listener.class::isInstance)
                .map(Listener.class::cast)
                .toList();
        List<Listener> known = last;
        listeners = known.equals(wanted) ? known : wanted;
        last = listeners;
    }

    ServerSession session() {
        return session;
    }

    @Override
    public void onUpgradeTo(ByteBuffer early) {
        session.reader().prime(early);
    }

    @Override
    public void onOpen() {
        wire.endPoint().setIdleTimeout(-1); // the session has its own
        session.opened();
        listeners.forEach(listener -> listener.onOpened(this));
        SessionRunner run = runner;
        runner = null;
        if (run != null && !wire.takeOver(run)) {
            Thread.ofVirtual()
                    .name("session-" + session.id() + " " + session.handshake().remote())
                    .start(run);
        }
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        session.connectionClosed(cause);
        wire.stats().closed(session);
        listeners.forEach(listener -> listener.onClosed(this));
    }

    @Override
    public void tick(long nanoTime) {
        session.tick(nanoTime);
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return false; // never Jetty's to decide
    }

    @Override
    public EndPoint getEndPoint() {
        return wire.endPoint();
    }

    @Override
    public void close() {
        wire.close();
    }

    @Override
    public long getMessagesIn() {
        return session.reader().messages();
    }

    @Override
    public long getMessagesOut() {
        return session.sender().messages();
    }

    @Override
    public long getBytesIn() {
        return session.reader().bytes();
    }

    @Override
    public long getBytesOut() {
        return -1;
    }

    @Override
    public long getCreatedTimeStamp() {
        return wire.endPoint().getCreatedTimeStamp();
    }

    @Override
    public void addEventListener(EventListener listener) {
        if (listener instanceof Listener added) {
            listeners = Stream.concat(listeners.stream(), Stream.of(added)).toList();
        }
    }

    @Override
    public void removeEventListener(EventListener listener) {
        listeners = listeners.stream().filter(other -> !other.equals(listener)).toList();
    }
}
