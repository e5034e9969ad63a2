/** What several pages use to show what goes on at the server: a pulse, and a chart. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.live;
