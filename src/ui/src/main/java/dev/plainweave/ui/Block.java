package dev.plainweave.ui;

import java.util.Set;

/**
 * An element of HTML that means something to readers and nothing to this library: a list, the parts of a table, a landmark.
 *
 * <pre>{@code
 * page.block("ul", list -> files.forEach(file -> list.block("li").text(file.name())));
 * }</pre>
 *
 * <p>It has a text, or elements, never both: text between elements goes into a {@code span}.
 */
public final class Block extends Box<Block> {
    private static final Set<String> TAGS =
            Set.of(("a abbr address article aside b blockquote caption cite code dd del dfn div dl dt em figcaption"
                + " figure footer h1 h2 h3 h4 h5 h6 header i ins kbd li mark nav ol p pre q s samp section small span"
                + " strong sub sup table tbody td tfoot th thead time tr u ul var")
                    .split(" "));

    /**
     * An element that is on no page yet.
     *
     * @param tag one of HTML's that hold text or others; not those that run, load, or are operated
     */
    public Block(String tag) {
        super(checked(tag));
    }

    private static String checked(String tag) {
        if (!TAGS.contains(tag)) {
            throw new IllegalArgumentException("no block can be a '" + tag + "', expected one of " + TAGS);
        }
        return tag;
    }

    /**
     * Shows a text, which is text, whatever is in it.
     *
     * @throws IllegalStateException if there are elements in it
     */
    public Block text(String text) {
        change(() -> {
            if (!node.children().isEmpty()) {
                throw new IllegalStateException(this + " has elements in it: give one of them the text");
            }
            set(node, Node.TEXT, text);
        });
        return this;
    }

    /**
     * Puts an element in.
     *
     * @throws IllegalStateException if it has a text
     */
    @Override
    public <C extends Element<C>> C add(int index, C element) {
        if (node.get(Node.TEXT) != null) {
            throw new IllegalStateException(this + " has a text: put that into an element of its own");
        }
        return super.add(index, element);
    }
}
