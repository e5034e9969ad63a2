/** What Jakarta WebSocket looks for by {@link java.util.ServiceLoader}; not exported. */
@NullMarked
package dev.plainweave.jakarta;

import org.jspecify.annotations.NullMarked;
