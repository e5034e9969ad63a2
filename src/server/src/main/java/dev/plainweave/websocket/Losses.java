package dev.plainweave.websocket;

import dev.plainweave.connector.ConnectionLostException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;

/** Why a read or a write failed: by what was thrown and where, never by its text, which systems localise. */
final class Losses {
    private Losses() {}

    /**
     * The reason for an end.
     *
     * @param failure what the connection threw
     * @param blocking whether it is a connection of the blocking connector, which closes a channel only for reasons of its
     *     own; Jetty's also does when another thread has met the peer's reset, under TLS
     * @param shuttingDown whether the server is
     */
    static End.Reason reason(IOException failure, boolean blocking, boolean shuttingDown) {
        boolean closedHere = false;
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof ConnectionLostException lost
                    && lost.place() == ConnectionLostException.Place.STALLED_WRITE) {
                return End.Reason.WRITE_TIMEOUT;
            }
            closedHere |= link instanceof ClosedByInterruptException
                    || (link instanceof ClosedChannelException && (blocking || shuttingDown));
        }
        if (closedHere) {
            return shuttingDown ? End.Reason.SHUTDOWN : End.Reason.SERVER_CLOSED;
        }
        return End.Reason.RESET;
    }
}
