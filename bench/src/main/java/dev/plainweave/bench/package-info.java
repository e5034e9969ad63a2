/** The benchmark harness: variants of one server, interleaved in fresh processes, compared by ratios of one run. */
@NullMarked
package dev.plainweave.bench;

import org.jspecify.annotations.NullMarked;
