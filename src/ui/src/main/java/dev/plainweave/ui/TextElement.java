package dev.plainweave.ui;

import java.util.Objects;

/**
 * Something that shows a text, and perhaps an icon before it. The text is shown as it is, never read as HTML.
 *
 * @param <E> its own type
 */
public abstract class TextElement<E extends TextElement<E>> extends Element<E> {
    TextElement(String tag, String text) {
        super(tag);
        node.put(Node.TEXT, text);
    }

    /** Shows another text. */
    public final E text(String text) {
        set(node, Node.TEXT, Objects.requireNonNull(text, "text"));
        return self();
    }

    /** What it shows. */
    public final String text() {
        return read(() -> Objects.toString(node.get(Node.TEXT), ""));
    }

    /** Shows what that is, now and from now on, while it is on a page. */
    public final E bindText(Observable<?> text) {
        Bindings.show(this, text, now -> text(String.valueOf(now)));
        return self();
    }

    /**
     * Puts an icon before the text, or another one.
     *
     * @param name one of Bootstrap Icons, such as {@code trash}
     */
    public final E icon(String name) {
        set(node, Node.ICON, Icons.inside(name));
        return self();
    }

    /** Takes the icon away. */
    public final E noIcon() {
        set(node, Node.ICON, null);
        return self();
    }
}
