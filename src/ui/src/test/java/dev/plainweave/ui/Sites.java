package dev.plainweave.ui;

import dev.plainweave.server.IoPolicy;
import java.time.Duration;

/** Servers for tests: on loopback, and quick to stop. */
final class Sites {
    private Sites() {}

    static PlainweaveBuilder on(IoPolicy policy) {
        return Plainweave.builder().io(policy).host("127.0.0.1").shutdownGrace(Duration.ofMillis(100));
    }

    static PlainweaveBuilder one() {
        return on(IoPolicy.BLOCKING);
    }
}
