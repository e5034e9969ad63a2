package dev.plainweave.gallery;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A start and a visit, for the build: the JVM that runs it ({@code -XX:ArchiveClassesAtExit}) learns which classes the
 * gallery needs, and puts them into an archive from which the next start has them at once.
 */
public final class Training {
    private static final String WEBSOCKET = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    private Training() {}

    /** Starts the gallery as its user does, asks for what every visitor asks for, and leaves. */
    public static void main(String[] arguments) throws Exception {
        try (WebServer server = Gallery.start(Options.parse("--port=0"), IoPolicy.BLOCKING)) {
            System.out.println("training on " + server.uri());
            for (String page : List.of("/", "/elements/button", "/storm", "/chat", "/health")) {
                visit(server.port(), page, "Connection: close\r\n");
            }
            visit(
                    server.port(),
                    "/_plainweave/socket",
                    "Origin: http://localhost:" + server.port() + "\r\n" + WEBSOCKET);
        }
    }

    private static void visit(int port, String path, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName(Options.DEFAULT_HOST), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            if (!status.equals("HTTP/1.1 200") && !status.equals("HTTP/1.1 101")) {
                throw new IOException("GET " + path + " was answered with " + status);
            }
            socket.getInputStream().readNBytes(200); // or fewer, where there are no more
        }
    }
}
