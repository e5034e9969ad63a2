package dev.plainweave.connector;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one connection, from the accepted socket to the closed one, on its own virtual thread. */
final class ConnectionLoop implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionLoop.class);

    private final BlockingConnector connector;
    private final BlockingEndPoint endPoint;
    /** Whether the thread is the second one, that of the owner. */
    private boolean handedOver;

    ConnectionLoop(BlockingConnector connector, BlockingEndPoint endPoint) {
        this.connector = connector;
        this.endPoint = endPoint;
    }

    @Override
    public void run() {
        if (handedOver) {
            runOwner();
        } else {
            open();
        }
    }

    private void open() {
        boolean accepted = false;
        boolean owned = false;
        Throwable cause = null;
        try {
            connector.configure(endPoint.channel());
            Connection connection = connector.getDefaultConnectionFactory().newConnection(connector, endPoint);
            endPoint.setConnection(connection);
            accepted = true;
            connector.tell(listener -> listener.onAccepted(endPoint.channel()));
            endPoint.onOpen();
            connection.onOpen();
            owned = serve();
        } catch (IOException gone) {
            cause = gone; // the client left before its first byte
        } catch (Throwable failed) {
            cause = failed;
            LOGGER.warn("connection failed: {}", endPoint, failed);
        } finally {
            if (!owned) {
                end(accepted, cause);
            }
        }
    }

    /** Serves HTTP until the connection is closed, or until it has an owner: then true. */
    private boolean serve() {
        ReadTurn turn = endPoint.reading().turn();
        while (true) {
            Thread.interrupted(); // a flag that a handler left behind would close the channel at the next read
            switch (turn.next()) {
                case READ -> {
                    endPoint.awaitReadable();
                    turn.finishedByLoop();
                    endPoint.getFillInterest().fillable();
                }
                case DELIVER -> endPoint.getFillInterest().fillable();
                case RUN_OWNER -> {
                    startOwner();
                    return true;
                }
                case PARK -> LockSupport.park(this);
                case LEAVE -> {
                    return false;
                }
            }
        }
    }

    /**
     * Lets the owner have the connection, on a thread that takes the place of this one: what the handshake has left
     * behind, a deep stack and Jetty's thread locals, would otherwise stay for as long as the session does.
     */
    private void startOwner() {
        handedOver = true;
        Thread successor =
                Thread.ofVirtual().name(Thread.currentThread().getName()).unstarted(this);
        endPoint.reading().loop(successor);
        successor.start();
    }

    private void runOwner() {
        Throwable cause = null;
        try {
            Runnable owner = endPoint.takeOwner();
            if (owner != null) {
                owner.run(); // few frames: an idle session pays for each
            }
        } catch (Throwable failed) {
            cause = failed;
            LOGGER.warn("connection failed: {}", endPoint, failed);
        } finally {
            end(true, cause);
        }
    }

    private void end(boolean accepted, @Nullable Throwable cause) {
        Thread.interrupted();
        try {
            endPoint.close(cause != null ? cause : endPoint.lost());
            Connection connection = endPoint.getConnection();
            if (connection != null) {
                connection.onClose(cause);
            }
        } catch (Throwable failed) {
            LOGGER.warn("closing a connection failed: {}", endPoint, failed);
        } finally {
            endPoint.finish();
            connector.onEndPointClosed(endPoint);
            connector.tell(listener -> {
                if (accepted) {
                    listener.onClosed(endPoint.channel());
                } else {
                    listener.onAcceptFailed(endPoint.channel(), cause != null ? cause : new ClosedChannelException());
                }
            });
        }
    }
}
