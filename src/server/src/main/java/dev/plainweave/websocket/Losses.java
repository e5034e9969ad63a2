package dev.plainweave.websocket;

import dev.plainweave.connector.ConnectionLostException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Why a read or a write failed: by what was thrown and where, never by its text, which systems localise. */
final class Losses {
    private Losses() {}

    /**
     * The reason for an end.
     *
     * @param failure what the connection threw
     * @param open whether the endpoint is still open: Jetty's own does not close by itself when the peer is gone
     * @param shuttingDown whether the server is
     */
    static End.Reason reason(IOException failure, boolean open, boolean shuttingDown) {
        ConnectionLostException lost = null;
        boolean closedHere = false;
        for (Throwable link = failure; link != null; link = link.getCause()) {
            lost = link instanceof ConnectionLostException known ? known : lost;
            closedHere |= link instanceof ClosedChannelException; // by an interrupt, or by the connector
        }
        if (lost != null && lost.place() == ConnectionLostException.Place.STALLED_WRITE) {
            return End.Reason.WRITE_TIMEOUT;
        }
        if (closedHere || (lost == null && !open)) {
            return shuttingDown ? End.Reason.SHUTDOWN : End.Reason.SERVER_CLOSED;
        }
        return End.Reason.RESET;
    }
}
