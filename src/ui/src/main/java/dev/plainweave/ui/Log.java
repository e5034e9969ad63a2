package dev.plainweave.ui;

import java.util.List;

/** Lines of text, the newest at the end. It keeps the newest 200; the page stays at the end if it was there. */
public final class Log extends Element<Log> {
    private int max = 200;

    Log() {
        super("div");
        node.put("class", "pw-log");
        node.put("role", "log");
        node.put("tabindex", "0");
        node.put("data-follow", "");
    }

    /**
     * How many lines are kept.
     *
     * @param lines 1 to 5,000
     */
    public Log max(int lines) {
        if (lines < 1 || lines > 5_000) {
            throw new IllegalArgumentException("a log keeps 1 to 5000 lines, was " + lines);
        }
        change(() -> {
            max = lines;
            trim();
        });
        return this;
    }

    /** Adds lines. */
    public void push(String text) {
        change(() -> {
            Tree tree = node.tree;
            if (tree != null) {
                text.lines().forEach(line -> {
                    Node entry = new Node("div");
                    entry.put(Node.TEXT, line);
                    tree.insert(node, node.children().size(), entry);
                });
                trim();
            }
        });
    }

    /** Forgets all lines. */
    public void clear() {
        change(() -> keep(0));
    }

    private void trim() {
        keep(max);
    }

    private void keep(int lines) {
        Tree tree = node.tree;
        int over = node.children().size() - lines;
        if (tree != null && over > 0) {
            List.copyOf(node.children().subList(0, over)).forEach(tree::remove);
        }
    }
}
