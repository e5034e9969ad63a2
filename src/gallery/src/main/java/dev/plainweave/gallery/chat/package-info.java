/** Chat rooms. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.chat;
