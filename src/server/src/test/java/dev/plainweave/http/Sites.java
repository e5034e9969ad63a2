package dev.plainweave.http;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;

/** Servers for tests: on loopback, and quick to stop. */
final class Sites {
    private Sites() {}

    static WebServer.Builder on(IoPolicy policy) {
        return WebServer.builder().io(policy).host("127.0.0.1").shutdownGrace(Duration.ofMillis(100));
    }
}
