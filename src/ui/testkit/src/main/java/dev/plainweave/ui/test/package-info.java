/**
 * A test kit: drives pages without a browser, over the real protocol. See {@link dev.plainweave.ui.test.PageTests}.
 */
@org.jspecify.annotations.NullMarked
package dev.plainweave.ui.test;
