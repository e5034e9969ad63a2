package dev.plainweave.server;

import org.eclipse.jetty.io.ByteBufferPool;

/** Servers that borrow from a pool of the test's own, which knows what has not come back. */
public final class Watched {
    private Watched() {}

    /** A builder with that pool. */
    public static WebServer.Builder builder(ByteBufferPool pool) {
        return ((ServerBuilder) WebServer.builder()).bufferPool(pool);
    }
}
