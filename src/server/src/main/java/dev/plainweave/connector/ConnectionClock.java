package dev.plainweave.connector;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one clock of a server: a platform thread, since virtual threads are not time-sliced and a deadline must fall due
 * while they are busy. Every {@value #TICK_MILLIS} ms it shows every open connection the time; connections compare it with
 * plain fields, so that a deadline costs no timer object. It never does IO.
 */
public final class ConnectionClock extends AbstractLifeCycle {
    /** Time between two ticks, and so the precision of every deadline. */
    public static final long TICK_MILLIS = 250;

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionClock.class);

    private final Server server;
    private final SchedulingProbe probe = new SchedulingProbe();
    private final Executor closer = closer();
    private final List<Clocked> shown = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;
    /** Open at the last tick; the clock's thread only. */
    private int connections;

    private ConnectionClock(Server server) {
        this.server = server;
    }

    /** The server's clock, which starts and stops with it; made when it is first asked for. */
    public static ConnectionClock of(Server server) {
        ConnectionClock clock = server.getBean(ConnectionClock.class);
        if (clock == null) {
            clock = new ConnectionClock(server);
            server.addBean(clock); // starts it, if the server is starting or has started
        }
        return clock;
    }

    /** Shows the time to something that is not a connection, too, for as long as the clock goes. */
    void show(Clocked clocked) {
        shown.add(clocked);
    }

    /** How long virtual threads wait for a processor. */
    public SchedulingProbe probe() {
        return probe;
    }

    /** Closes a channel on a platform thread, which is there only while there is something to close. */
    void closeSoon(BlockingEndPoint endPoint) {
        closer.execute(endPoint::closeChannel);
    }

    private static Executor closer() {
        ThreadPoolExecutor closer = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("closer").factory());
        closer.allowCoreThreadTimeOut(true);
        return closer;
    }

    @Override
    protected void doStart() {
        Thread started = Thread.ofPlatform().daemon().name("clock").unstarted(this::run);
        thread = started; // before it runs: it runs as long as it finds itself there
        started.start();
    }

    @Override
    protected void doStop() {
        Thread stopped = thread;
        thread = null;
        LockSupport.unpark(stopped);
    }

    private void run() {
        long next = System.nanoTime();
        while (thread == Thread.currentThread()) {
            next += TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
            for (long wait = next - System.nanoTime(); wait > 0 && thread != null; wait = next - System.nanoTime()) {
                LockSupport.parkNanos(this, wait);
            }
            long now = System.nanoTime();
            if (now - next > TimeUnit.SECONDS.toNanos(1)) {
                next = now; // the machine slept: do not tick for the time it missed
            }
            probe.tick(now, this::served);
            connections = 0;
            shown.forEach(clocked -> show(clocked, now));
            for (Connector connector : server.getConnectors()) {
                for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                    show(endPoint, now);
                    connections++;
                }
            }
        }
    }

    /** Connections that read or wrote within so many nanoseconds, and those that have gone since the last tick. */
    private int served(long nanos) {
        int active = 0;
        int open = 0;
        for (Connector connector : server.getConnectors()) {
            for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                open++;
                if (endPoint instanceof AbstractEndPoint timed
                        && timed.getIdleFor() <= TimeUnit.NANOSECONDS.toMillis(nanos)) {
                    active++;
                }
            }
        }
        return active + Math.max(0, connections - open);
    }

    private static void show(EndPoint endPoint, long now) {
        if (endPoint instanceof Clocked clocked) {
            show(clocked, now);
        }
        Connection connection = endPoint.getConnection();
        if (connection instanceof SslConnection tls) {
            connection = tls.getSslEndPoint().getConnection();
        }
        if (connection instanceof Clocked clocked) {
            show(clocked, now);
        }
    }

    private static void show(Clocked clocked, long now) {
        try {
            clocked.tick(now);
        } catch (Throwable failed) {
            LOGGER.warn("a deadline check failed for {}", clocked, failed);
        }
    }
}
