/** Connector, sessions, HTTP and Jakarta endpoints: one connection, one virtual thread, plain blocking code. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no descriptors yet
module dev.plainweave.server {
    requires transitive org.eclipse.jetty.server;
    requires transitive org.eclipse.jetty.ee11.servlet;
    requires transitive jakarta.servlet;
    requires transitive jakarta.websocket;
    requires org.eclipse.jetty.ee11.websocket.jakarta.server;
    requires org.eclipse.jetty.websocket.core.server;
    requires org.eclipse.jetty.compression.server;
    requires org.eclipse.jetty.compression.gzip;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires org.slf4j;
    requires transitive micrometer.core;
    requires micrometer.registry.prometheus;
    requires java.management;
    requires static transitive org.jspecify;

    exports dev.plainweave.access;
    exports dev.plainweave.connector;
    exports dev.plainweave.http;
    exports dev.plainweave.server;
    exports dev.plainweave.websocket;

    provides jakarta.websocket.server.ServerEndpointConfig.Configurator with
            dev.plainweave.jakarta.QuietConfigurator;
}
