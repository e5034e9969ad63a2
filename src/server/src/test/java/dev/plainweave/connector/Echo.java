package dev.plainweave.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** What an HTTP connection is upgraded to: sends back every byte, with blocking IO as an owner of the connection's thread. */
final class Echo extends AbstractConnection implements Connection.UpgradeTo {

    private final ByteBuffer buffer = BufferUtil.allocate(4096);
    private final AtomicInteger closed;
    volatile Throwable ended;

    Echo(EndPoint endPoint, AtomicInteger closed) {
        super(endPoint, Runnable::run);
        this.closed = closed;
    }

    /** Upgrades every request. */
    static Handler upgrading(AtomicInteger closed) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.setStatus(101);
                response.getHeaders().put(new HttpField(HttpHeader.UPGRADE, "echo"));
                response.getHeaders().put(new HttpField(HttpHeader.CONNECTION, "Upgrade"));
                EndPoint endPoint =
                        request.getConnectionMetaData().getConnection().getEndPoint();
                request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new Echo(endPoint, closed));
                response.write(true, null, callback);
                return true;
            }
        };
    }

    @Override
    public void onUpgradeTo(ByteBuffer ahead) {
        BufferUtil.append(buffer, ahead);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        BlockingEndPoint.under(getEndPoint()).takeOver(this::echo);
    }

    private void echo() {
        try {
            while (true) {
                if (buffer.hasRemaining()) {
                    writeAll();
                }
                int filled = getEndPoint().fill(buffer);
                if (filled < 0) {
                    return;
                }
                if (filled == 0) {
                    BlockingEndPoint.under(getEndPoint()).awaitReadable();
                }
            }
        } catch (IOException lost) {
            ended = lost;
        }
    }

    private void writeAll() throws IOException {
        try (var written = new org.eclipse.jetty.util.Blocker.Shared().callback()) {
            getEndPoint().write(written, buffer);
            written.block();
        }
        BufferUtil.clear(buffer);
    }

    @Override
    public void onClose(Throwable cause) {
        closed.incrementAndGet();
        super.onClose(cause);
    }

    @Override
    public void onFillable() {
        throw new IllegalStateException("nobody registers interest here");
    }
}
