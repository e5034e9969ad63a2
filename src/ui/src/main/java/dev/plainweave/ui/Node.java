package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One element of the document. What the browser shall show of it is a flat list of named properties (attributes, and those
 * that begin with a dot), and its children. Guarded by the lock of its tree once it is in one; before, one thread's own.
 */
final class Node {
    /** Text content; such a node has no children. */
    static final String TEXT = ".text";
    /** The text of a field, or the key that is chosen. */
    static final String VALUE = ".value";
    /** Whether a box is ticked. */
    static final String CHECKED = ".checked";
    /** What that is of a box that shows neither. */
    static final String MIXED = "mixed";
    /** The inside of an SVG that stands before the text: of our own files only. */
    static final String ICON = ".icon";
    /** Whether a dialog is open. */
    static final String OPEN = ".open";

    /** The module that shows an element of the application's own. */
    static final String MODULE = "data-module";
    /** Set when that could not be loaded. */
    static final String FAILED = "data-failed";
    /** What a property begins with that is the module's business. */
    static final String OWN = ":";
    /** What an event begins with that comes from the module. */
    static final String MESSAGE = ".";

    /** A name of its own, instead of the number, which then stands in {@link #NUMBER}. */
    static final String ID = "id";

    static final String NUMBER = "data-id";
    /** Of the page: the language of its document. */
    static final String LANGUAGE = "data-lang";

    static final String HIDDEN = "hidden";
    static final String DISABLED = "disabled";

    private static final Object[] NONE = {};

    final String tag;
    /** From 1, never used again in this page; 0 while in no tree. */
    int id;

    @Nullable
    Tree tree;

    @Nullable
    Node parent;
    /** The frame that last changed it. */
    long revision;
    /** How many edits of the value the browser has told of. */
    int edits;
    /** Which properties changed since the last frame, by position; and the two marks below. */
    int dirty;

    static final int CHILDREN = 1 << 30;
    static final int WHOLE = 1 << 31;
    private static final int POSITIONS = 30;

    /** Name, value, name, value. A value of null is one that was taken away. */
    private @Nullable Object[] properties = NONE;

    private @Nullable ArrayList<Node> children;
    private @Nullable ArrayList<Subscription> subscriptions;
    private @Nullable ArrayList<Registration> held;
    /** Children that the browser has, and how many of them, at either end, are untouched since. */
    private int sent;
    /** A child has gone elsewhere in the document: positions would depend on what is applied first. */
    private boolean moved;

    private int head;
    private int tail;

    Node(String tag) {
        this.tag = tag;
    }

    @Nullable
    Object get(String name) {
        for (int at = 0; at < properties.length; at += 2) {
            if (name.equals(properties[at])) {
                return properties[at + 1];
            }
        }
        return null;
    }

    /** Sets it; whether that is a change. */
    boolean put(String name, @Nullable Object value) {
        for (int at = 0; at < properties.length; at += 2) {
            if (name.equals(properties[at])) {
                if (Objects.equals(properties[at + 1], value)) {
                    return false;
                }
                properties[at + 1] = value;
                touched(at / 2);
                return true;
            }
        }
        if (value == null) {
            return false;
        }
        int length = properties.length;
        properties = Arrays.copyOf(properties, length + 2);
        properties[length] = name;
        properties[length + 1] = value;
        touched(length / 2);
        return true;
    }

    private void touched(int position) {
        dirty |= position < POSITIONS ? 1 << position : WHOLE;
    }

    /** Has the property sent though it is as it was. */
    void touch(String name) {
        for (int at = 0; at < properties.length; at += 2) {
            if (name.equals(properties[at])) {
                touched(at / 2);
            }
        }
    }

    /** What there is, or, unless the whole is wanted, what changed: removed ones with null. */
    void forEach(boolean whole, PropertyVisitor visitor) {
        for (int at = 0; at < properties.length; at += 2) {
            Object value = properties[at + 1];
            if (whole ? value != null : (dirty & (1 << (at / 2))) != 0) {
                visitor.visit((String) Objects.requireNonNull(properties[at]), value);
            }
        }
    }

    /** Sees properties one by one. */
    interface PropertyVisitor {
        void visit(String name, @Nullable Object value);
    }

    /** In how many others it is. */
    int depth() {
        int depth = 0;
        for (Node above = parent; above != null; above = above.parent) {
            depth++;
        }
        return depth;
    }

    List<Node> children() {
        return children == null ? List.of() : children;
    }

    void insert(int index, Node child) {
        if (children == null) {
            children = new ArrayList<>(4);
        }
        cut(index);
        children.add(index, child);
        child.parent = this;
    }

    /** Puts one in, in a tree or not yet. */
    void place(int index, Node child) {
        Tree mine = tree;
        if (mine == null) {
            insert(index, child);
        } else {
            mine.insert(this, index, child);
        }
    }

    /** Removes all children, in a tree or not yet. */
    void clear() {
        Tree mine = tree;
        for (Node child : List.copyOf(children()).reversed()) {
            if (mine == null) {
                take(child);
            } else {
                mine.remove(child);
            }
        }
    }

    /** The next change of the children is told as the list that they are. */
    void tellAll() {
        moved = true;
    }

    boolean tellsAll() {
        return moved;
    }

    void take(Node child) {
        int index = children().indexOf(child);
        cut(index);
        tail = Math.min(tail, children().size() - index - 1);
        Objects.requireNonNull(children).remove(index);
        child.parent = null;
    }

    /** Something happens before the child at that index. */
    private void cut(int index) {
        head = Math.min(head, index);
        tail = Math.min(tail, children().size() - index);
        dirty |= CHILDREN;
    }

    /** Where the children that the browser has differ: from there on, so many go, and those between come. */
    Splice splice() {
        int to = children().size() - tail;
        return new Splice(head, sent - head - tail, children().subList(head, to));
    }

    /** A change of the list of children. */
    record Splice(int at, int removed, List<Node> added) {}

    /** The browser will have it as it is now. */
    void sent(long frame) {
        revision = frame;
        dirty = 0;
        sent = children().size();
        head = sent;
        tail = sent;
        moved = false;
    }

    /** Is closed when this is in the document no more. */
    void hold(Registration registration) {
        held = held == null ? new ArrayList<>(1) : held;
        held.add(registration);
    }

    void letGo(Registration registration) {
        if (held != null) {
            held.remove(registration);
        }
    }

    /** Closes what it holds. */
    void release() {
        if (held != null) {
            held.forEach(Registration::close);
            held = null;
        }
    }

    List<Subscription> subscriptions() {
        return subscriptions == null ? List.of() : subscriptions;
    }

    void subscribe(Subscription subscription) {
        ArrayList<Subscription> all = new ArrayList<>(subscriptions().size() + 1);
        all.addAll(subscriptions());
        subscription.tellApart(all);
        all.add(subscription);
        subscriptions = all;
        listen();
    }

    void unsubscribe(Subscription subscription) {
        ArrayList<Subscription> all = new ArrayList<>(subscriptions());
        all.remove(subscription);
        subscriptions = all;
        listen();
    }

    private void listen() {
        List<Subscription> all = subscriptions();
        String types = all.size() == 1
                ? all.getFirst().type()
                : String.join(
                        " ", all.stream().map(Subscription::type).distinct().toList());
        put("data-on", types.isEmpty() ? null : types);
    }

    /** An address as browsers need it: a path of the application's begins with its base path. */
    @Nullable
    Object outside(String name, @Nullable Object value) {
        boolean address = name.equals("href") || name.equals("src");
        Tree mine = tree;
        return address && mine != null && value instanceof String path && path.startsWith("/") && !path.startsWith("//")
                ? mine.base + path
                : value;
    }

    /** Its id in the document. */
    String domId() {
        return "w" + id;
    }

    /** Whether a user could operate it now: in the document, and neither it nor what it is in hidden or disabled. */
    boolean isUsable() {
        if (tree == null) {
            return false;
        }
        Node node = this;
        while (true) {
            boolean closed = node.tag.equals("dialog") && !Boolean.TRUE.equals(node.get(OPEN));
            if (closed || node.get(HIDDEN) != null || node.get(DISABLED) != null) {
                return false;
            }
            if (node.parent == null) {
                return true;
            }
            node = node.parent;
        }
    }

    @Override
    public String toString() {
        return tag + "#" + id;
    }
}
