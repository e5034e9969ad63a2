package dev.plainweave.server;

/** How connections wait for bytes. Handlers, limits and protocol code are the same on both. */
public enum IoPolicy {
    /** One virtual thread per connection, reading and writing its socket with plain blocking IO. The default. */
    BLOCKING,
    /** Jetty's own selector loop in its recommended shape: a pool of platform threads that starts virtual threads. */
    SELECTOR
}
