/** Live pages: what the browser shows is built and changed by plain Java on the server. */
@NullMarked
package dev.plainweave.gallery.pages;

import org.jspecify.annotations.NullMarked;
