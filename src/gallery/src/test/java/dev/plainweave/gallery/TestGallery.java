package dev.plainweave.gallery;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.URI;
import java.util.Optional;

/** The gallery in this JVM. */
final class TestGallery {
    private TestGallery() {}

    static WebServer start(IoPolicy io) throws UsageException {
        return start(io, 0);
    }

    static WebServer start(IoPolicy io, int port) throws UsageException {
        return Gallery.start(new Options(false, port, Optional.empty(), Optional.of(io), Optional.empty(), false), io);
    }

    /** On that address, with or without {@code --demo}. */
    static WebServer start(IoPolicy io, String host, boolean demo) throws UsageException {
        return Gallery.start(new Options(false, 0, Optional.of(host), Optional.of(io), Optional.empty(), demo), io);
    }

    static URI socket(WebServer server, String path) {
        return URI.create("ws://localhost:" + server.port() + path);
    }
}
