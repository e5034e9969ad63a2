/** The live board: what is open, and how what was open has ended. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.board;
