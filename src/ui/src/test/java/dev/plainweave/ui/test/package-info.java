/**
 * A test kit: drives pages without a browser, over the real protocol. See {@link dev.plainweave.ui.test.PageTests}.
 */
package dev.plainweave.ui.test;
