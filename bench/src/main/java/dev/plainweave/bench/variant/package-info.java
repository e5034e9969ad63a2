/** The servers that are compared, each a main of its own in a fresh JVM. */
@NullMarked
package dev.plainweave.bench.variant;

import org.jspecify.annotations.NullMarked;
