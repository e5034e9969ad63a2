package dev.plainweave.ui;

import java.util.List;

/** Lines of text, the newest at the end. It keeps the newest 200; the page stays at the end if it was there. */
public final class Log extends Element<Log> {
    private static final int MOST = 5_000;

    private int max = 200;

    Log() {
        super("div");
        node.put("class", "pw-log");
        node.put("role", "log");
        node.put("aria-label", "Log");
        node.put("tabindex", "0");
        node.put("data-follow", "");
    }

    /**
     * How many lines are kept.
     *
     * @param lines 1 to 5,000
     */
    public Log max(int lines) {
        if (lines < 1 || lines > MOST) {
            throw new IllegalArgumentException("a log keeps 1 to " + MOST + " lines, was " + lines);
        }
        change(() -> {
            max = lines;
            keep(max);
        });
        return this;
    }

    /** Whether the newest line stays in sight, for who has not scrolled away. It does. */
    public Log follow(boolean follow) {
        set(node, "data-follow", follow ? "" : null);
        return this;
    }

    /** Adds lines. */
    public void push(String text) {
        push(text, "");
    }

    /**
     * Adds lines that look different.
     *
     * @param classes CSS classes, separated by spaces: {@code text-danger}
     */
    public void push(String text, String classes) {
        List<String> lines = text.lines().toList();
        change(() -> {
            if (node.tree == null) {
                return; // removed
            }
            for (String line : lines.subList(Math.max(0, lines.size() - max), lines.size())) {
                Node entry = new Node("div");
                entry.put(Node.TEXT, line);
                entry.put("class", classes.isEmpty() ? null : classes);
                node.place(node.children().size(), entry);
            }
            keep(max);
        });
    }

    /** How many lines there are. */
    public int size() {
        return read(() -> node.children().size());
    }

    /** Forgets all lines. */
    public void clear() {
        change(() -> keep(0));
    }

    private void keep(int lines) {
        Tree tree = node.tree;
        int over = node.children().size() - lines;
        if (tree != null && over > 0) {
            List.copyOf(node.children().subList(0, over)).forEach(tree::remove);
        }
    }
}
