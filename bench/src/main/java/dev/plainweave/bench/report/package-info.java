/** Figures, their summaries, and how they are shown. */
@NullMarked
package dev.plainweave.bench.report;

import org.jspecify.annotations.NullMarked;
