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
        change(() -> {
            if (element.attached() != null || element.node.parent != null) {
                throw new IllegalStateException(element + " is in a page already: use moveTo(...)");
            }
            Node in = content();
            Tree tree = in.tree;
            LivePage page = attached();
            if (tree != null && page != null) {
                tree.insert(in, Math.clamp(index, 0, in.children().size()), element.node);
                element.attach(page);
            } else if (page != null) {
                element.attach(page); // the box has been removed: it goes nowhere, and must not fail a late handler
            } else {
                throw new IllegalStateException("add " + this + " to its container first, then fill it");
            }
        });
        return element;
    }

    @Override
    public int size() {
        int[] size = new int[1];
        change(() -> size[0] = content().children().size());
        return size[0];
    }

    @Override
    public void clear() {
        change(() -> {
            Node in = content();
            Tree tree = in.tree;
            if (tree != null) {
                java.util.List.copyOf(in.children()).reversed().forEach(tree::remove);
            }
        });
    }
}
