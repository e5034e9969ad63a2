/**
 * Live pages. Start at {@link dev.plainweave.ui.Plainweave}; a {@link dev.plainweave.ui.Page} is one tab, and its elements
 * are made by the {@link dev.plainweave.ui.Container}s they are in.
 */
@NullMarked
package dev.plainweave.ui;

import org.jspecify.annotations.NullMarked;
