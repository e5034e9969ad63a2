package dev.plainweave.gallery.storm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The way from this server to itself. Storm clients go nowhere else.
 *
 * @param server where the server listens
 * @param tls what its certificate is checked with; null without TLS
 */
public record Loopback(URI server, @Nullable SSLContext tls) {
    private static final int CONNECT_MS = 2_000;
    /** Small, so that a client which does not read is noticed before the kernel has swallowed megabytes for it. */
    private static final int BUFFER_BYTES = 16 * 1024;

    /** Opens a WebSocket on that route. */
    Client open(String route) throws IOException {
        String host = server.getHost().replaceAll("[\\[\\]]", "");
        Socket tcp = new Socket();
        try {
            tcp.setReceiveBufferSize(BUFFER_BYTES);
            tcp.setSendBufferSize(BUFFER_BYTES);
            tcp.setTcpNoDelay(true);
            tcp.connect(new InetSocketAddress(host, server.getPort()), CONNECT_MS);
            Socket socket = tls == null ? tcp : tls.getSocketFactory().createSocket(tcp, host, server.getPort(), true);
            return Client.handshake(tcp, socket, server.getAuthority(), route);
        } catch (IOException | RuntimeException failed) {
            tcp.close();
            throw failed;
        }
    }
}
