/** What is measured, one scenario a class. */
@NullMarked
package dev.plainweave.bench.scenario;

import org.jspecify.annotations.NullMarked;
