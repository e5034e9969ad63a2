package dev.plainweave.gallery.elements;

import dev.plainweave.ui.PageFunction;
import java.util.List;
import java.util.Locale;

/**
 * An element or an idea, with its example.
 *
 * @param name what it is called
 * @param says what it is, in a sentence
 * @param example the class of the example
 * @param page what builds it
 * @param scripts the files beside the example that it needs
 */
record Entry(String name, String says, Class<?> example, PageFunction page, List<String> scripts) {
    Entry(String name, String says, Class<?> example, PageFunction page) {
        this(name, says, example, page, List.of());
    }

    /** {@code text-area}: its part of the path. */
    String path() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    /** The file that runs, below the gallery's package. */
    String file() {
        return "examples/" + example.getSimpleName() + ".java";
    }
}
