/** Live pages: the tree of elements is on the server, handlers are plain blocking code, the browser shows it. */
module dev.plainweave.ui {
    requires transitive dev.plainweave.server;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.plainweave.ui;
}
