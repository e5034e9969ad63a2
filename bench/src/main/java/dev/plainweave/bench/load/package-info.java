/** The load generator: raw sockets, pre-masked frames, every answer compared byte for byte. */
@NullMarked
package dev.plainweave.bench.load;

import org.jspecify.annotations.NullMarked;
