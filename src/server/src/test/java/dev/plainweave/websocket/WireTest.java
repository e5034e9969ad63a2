package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.ByteBufferPool;
import org.junit.jupiter.api.Test;

class WireTest {
    /** As a selector's endpoint: interest that comes after the close is kept and never answered. */
    private static final class SilentEndPoint extends AbstractEndPoint {
        SilentEndPoint() {
            super(null);
        }

        @Override
        protected void needsFillInterest() {}

        @Override
        protected void onIncompleteFlush() {}

        @Override
        public int fill(ByteBuffer buffer) {
            return 0;
        }

        @Override
        public boolean flush(ByteBuffer... buffers) {
            return false;
        }

        @Override
        public Object getTransport() {
            return this;
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return new InetSocketAddress(0);
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return new InetSocketAddress(0);
        }
    }

    /** The session's thread found it open, another closed it, and only then the interest was registered. */
    @Test
    void waitingForBytesOfAnEndPointThatHasJustBeenClosedEnds() {
        SilentEndPoint endPoint = new SilentEndPoint();
        Wire wire = new Wire(endPoint, new ByteBufferPool.NonPooling(), new SessionStats());
        endPoint.close();
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThrows(ClosedChannelException.class, wire::awaitReadable));
    }
}
