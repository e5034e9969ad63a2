package dev.plainweave.http;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.Tls;
import dev.plainweave.server.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Servers for tests: on loopback, and quick to stop. */
final class Sites {
    private Sites() {}

    static WebServer.Builder on(IoPolicy policy) {
        return WebServer.builder().io(policy).host("127.0.0.1").shutdownGrace(Duration.ofMillis(100));
    }

    /** The same over TLS. */
    static WebServer.Builder secure(IoPolicy policy) throws Exception {
        Path directory = Path.of(Objects.requireNonNull(Sites.class.getResource("/tls/ec.key"))
                        .toURI())
                .getParent();
        return on(policy).tls(Tls.pem(directory.resolve("ec.crt"), directory.resolve("ec.key")));
    }
}
