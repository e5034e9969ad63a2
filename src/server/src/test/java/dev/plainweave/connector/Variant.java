package dev.plainweave.connector;

/** A connector under test: this project's or Jetty's, plain or over TLS. Jetty's says what is expected. */
enum Variant {
    BLOCKING(true, false),
    BLOCKING_TLS(true, true),
    SELECTOR(false, false),
    SELECTOR_TLS(false, true);

    final boolean blocking;
    final boolean tls;

    Variant(boolean blocking, boolean tls) {
        this.blocking = blocking;
        this.tls = tls;
    }
}
