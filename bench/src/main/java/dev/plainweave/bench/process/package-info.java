/** The server's process: started fresh, observed from outside, ended by its own pid. */
@NullMarked
package dev.plainweave.bench.process;

import org.jspecify.annotations.NullMarked;
