/** Small complete programs: each is on a page of the gallery, beside its own source. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.examples;
