/** Who a request comes from, and where that matters. */
@NullMarked
package dev.plainweave.access;

import org.jspecify.annotations.NullMarked;
