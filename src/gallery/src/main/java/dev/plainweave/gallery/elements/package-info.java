/** A page for each element and each idea: the running example, and the file that runs. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.elements;
