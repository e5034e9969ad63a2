package dev.plainweave.bench;

/** What a scenario asks of a server; each {@link Variant} has its own path for those that it serves. */
public enum Route {
    /** A WebSocket that sends back what it gets. */
    ECHO,
    /** The same, its handler waiting {@link dev.plainweave.bench.variant.ProductServer#WAIT_MILLIS} before each answer. */
    WAIT,
    /** A WebSocket that only listens, to what is published. */
    FEED,
    /** A WebSocket whose messages all of {@link #FEED} get. */
    PUBLISH,
    /** GET of a few bytes. */
    HELLO,
    /** POST, answered with the number of bytes in its body. */
    POST,
    /** The product's own figures, as Prometheus reads them: sessions and their ends. */
    METRICS,
    /** Live pages, below this path; see {@link dev.plainweave.bench.variant.LivePages}. */
    PAGES,
    /** Whether it can serve {@link #ECHO} over TLS, started with {@code --tls FILE}. */
    TLS
}
