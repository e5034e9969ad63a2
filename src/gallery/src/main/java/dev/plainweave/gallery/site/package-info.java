/** The pages, their files, and the source text of what is behind them. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.site;
