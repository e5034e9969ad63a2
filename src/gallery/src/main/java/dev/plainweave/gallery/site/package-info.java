/** What all pages have around them, the home page, and the source text of what runs. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.site;
