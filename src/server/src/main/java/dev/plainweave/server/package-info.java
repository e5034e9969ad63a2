/** A web server in a few lines: routes, sockets, TLS, limits. */
@NullMarked
package dev.plainweave.server;

import org.jspecify.annotations.NullMarked;
