/** The blocking connector: a drop-in replacement for Jetty's selector-based ServerConnector. */
@NullMarked
package dev.plainweave.connector;

import org.jspecify.annotations.NullMarked;
