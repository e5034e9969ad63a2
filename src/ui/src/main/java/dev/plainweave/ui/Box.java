package dev.plainweave.ui;

/**
 * An element that others are in.
 *
 * @param <E> its own type
 */
public abstract class Box<E extends Box<E>> extends Element<E> implements Container {
    Box(String tag) {
        super(tag);
    }

    /** The node that its elements are in. */
    Node content() {
        return node;
    }

    @Override
    public <C extends Element<C>> C add(int index, C element) {
        return place(content(), index, element);
    }

    @Override
    public int size() {
        return read(() -> content().children().size());
    }

    @Override
    public void clear() {
        change(() -> {
            if (content().tree != null) {
                content().clear();
            }
        });
    }
}
