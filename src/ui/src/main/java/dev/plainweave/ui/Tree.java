package dev.plainweave.ui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a page, and the lock that each change takes for microseconds: never held while a user's code, a wait or
 * socket IO runs.
 */
final class Tree {
    final ReentrantLock lock = new ReentrantLock();
    final Node root;
    /** What the paths of the application begin with, outside. */
    volatile String base = "";

    private final Map<Integer, Node> nodes = new HashMap<>();
    private final int maxElements;
    private final Runnable onChange;
    private ArrayList<Node> changed = new ArrayList<>(4);
    /** Whether one has gone elsewhere since the last frame. */
    private boolean moved;

    private int lastId;

    /**
     * A tree of one node.
     *
     * @param onChange told of the first change since the last frame, under the lock
     */
    Tree(Node root, int maxElements, Runnable onChange) {
        this.root = root;
        this.maxElements = maxElements;
        this.onChange = onChange;
        enter(root);
        changed.add(root);
    }

    private void enter(Node node) {
        node.id = ++lastId;
        node.tree = this;
        node.dirty |= Node.WHOLE;
        nodes.put(node.id, node);
    }

    /** The node of that id, if it is in the document. */
    @Nullable
    Node find(int id) {
        return nodes.get(id);
    }

    /** Whether another node has that property so. */
    boolean hasOther(Node than, String name, Object value) {
        return nodes.values().stream().anyMatch(node -> node != than && value.equals(node.get(name)));
    }

    int size() {
        return nodes.size();
    }

    void set(Node node, String name, @Nullable Object value) {
        int before = node.dirty;
        if (node.put(name, value)) {
            changed(node, before);
        }
    }

    /** Sends the property again, changed or not: what the browser has is something else. */
    void resend(Node node, String name) {
        int before = node.dirty;
        node.touch(name);
        changed(node, before);
    }

    void insert(Node parent, int index, Node child) {
        if (nodes.size() >= maxElements) {
            throw new IllegalStateException("a page may have " + maxElements
                    + " elements, and this one has: remove some, or raise the limit with pages(limit ->"
                    + " limit.elements(...))");
        }
        int before = parent.dirty;
        parent.insert(index, child);
        changed(parent, before);
        adopt(child);
    }

    private void adopt(Node node) {
        enter(node);
        changed(node, 0);
        node.children().forEach(this::adopt);
    }

    void remove(Node node) {
        Node parent = node.parent;
        if (parent == null) {
            return;
        }
        int before = parent.dirty;
        parent.take(node);
        changed(parent, before);
        ArrayDeque<Node> gone = new ArrayDeque<>(List.of(node));
        while (!gone.isEmpty()) {
            Node next = gone.remove();
            next.tree = null;
            next.release();
            nodes.remove(next.id);
            gone.addAll(next.children());
        }
    }

    /** The page has ended: what its elements listen to lets go of them. */
    void release() {
        locked(() -> {
            nodes.values().forEach(Node::release);
            return root;
        });
    }

    /** Puts a node to another place, in the same parent or another one. */
    void move(Node node, Node parent, int index) {
        Node old = node.parent;
        if (old == null) {
            throw new IllegalStateException("the page itself cannot be moved");
        }
        for (Node above = parent; above != null; above = above.parent) {
            if (above == node) {
                throw new IllegalArgumentException("an element cannot be moved into itself");
            }
        }
        moved = true;
        int before = old.dirty;
        old.tellAll();
        old.take(node);
        changed(old, before);
        int beforeParent = parent.dirty;
        parent.insert(Math.min(index, parent.children().size()), node);
        changed(parent, beforeParent);
    }

    /** Changes a node by hand. Takes the lock itself. */
    void change(Node node, Runnable change) {
        locked(() -> {
            int before = node.dirty;
            change.run();
            changed(node, before);
            return node;
        });
    }

    /** Does something short under the lock. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does something short under the lock. */
    void run(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void changed(Node node, int dirtyBefore) {
        if (dirtyBefore == 0 && node.dirty != 0) {
            changed.add(node);
            onChange.run();
        }
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** Hands over what changed and is still in the document, parents first where one has moved; the caller marks each as sent. */
    List<Node> takeChanges() {
        ArrayList<Node> taken = changed;
        changed = new ArrayList<>(4);
        taken.removeIf(node -> node.tree == null);
        return moved ? parentsFirst(taken) : taken;
    }

    /** What the browser may not have: changed after that frame, or not sent at all. Parents first. */
    List<Node> changedAfter(long frame) {
        changed = new ArrayList<>(4);
        return parentsFirst(nodes.values().stream()
                .filter(node -> node.revision > frame || node.dirty != 0)
                .toList());
    }

    /** So each is where it belongs when its children come: a browser cannot put an element into what it contains. */
    private List<Node> parentsFirst(List<Node> found) {
        moved = false;
        Map<Node, Integer> depths = new HashMap<>();
        found.forEach(node -> depths.put(node, node.depth()));
        return found.stream().sorted(Comparator.comparing(depths::get)).toList();
    }
}
