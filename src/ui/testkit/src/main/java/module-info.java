/** A test kit for live pages: it drives them over the real protocol, without a browser. */
module dev.plainweave.ui.test {
    requires transitive dev.plainweave.server;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive org.junit.jupiter.api;
    requires java.logging;
    requires java.net.http;
    requires org.slf4j;
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires static transitive org.jspecify;

    exports dev.plainweave.ui.test;
}
