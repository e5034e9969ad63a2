package dev.plainweave.ui;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.ui.test.PageTests;
import java.time.Duration;
import java.util.function.Consumer;

/** Servers for tests: on loopback, and quick to stop. */
final class Sites {
    private Sites() {}

    static PlainweaveBuilder on(IoPolicy policy) {
        return Plainweave.builder().io(policy).host("127.0.0.1").shutdownGrace(Duration.ofMillis(100));
    }

    static PlainweaveBuilder one() {
        return on(IoPolicy.BLOCKING);
    }

    /** The test kit for a site, told of what its handlers throw. */
    static PageTests tested(Consumer<? super PlainweaveBuilder> setUp) {
        return new PageTests(failures -> {
            PlainweaveBuilder site = one().onPageFailure((page, error, failure) -> failures.accept(failure));
            setUp.accept(site);
            return site;
        });
    }
}
