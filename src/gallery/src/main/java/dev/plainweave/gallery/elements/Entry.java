package dev.plainweave.gallery.elements;

import dev.plainweave.ui.PageFunction;
import java.util.Locale;

/**
 * An element or an idea, with its example.
 *
 * @param name what it is called
 * @param says what it is, in a sentence
 * @param example the class of the example
 * @param page what builds it
 */
record Entry(String name, String says, Class<?> example, PageFunction page) {
    /** {@code text-area}: its part of the path. */
    String path() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    /** The file that runs, below the gallery's package. */
    String file() {
        return "examples/" + example.getSimpleName() + ".java";
    }
}
