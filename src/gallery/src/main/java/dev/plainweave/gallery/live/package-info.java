/** What the live pages have in common. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.live;
