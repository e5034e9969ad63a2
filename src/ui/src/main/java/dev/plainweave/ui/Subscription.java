package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Registration;
import java.util.List;

/** A listener of one kind of event of one node. */
final class Subscription implements Registration {
    private final Node node;
    private String spec;
    private final Gate<JsonNode> gate;

    /**
     * A listener that hears nothing yet.
     *
     * @param spec the event's name; behind a colon the names of the fields to send, with commas between; behind
     *     semicolons what the browser shall do with it
     */
    Subscription(Node node, String spec, EventPolicy policy, Listener<JsonNode> listener) {
        this.node = node;
        this.spec = spec;
        gate = new Gate<>(policy, listener);
    }

    /** What the browser is to listen for. */
    String type() {
        return spec;
    }

    boolean hears(String type) {
        return spec.startsWith(type)
                && (spec.length() == type.length() || ":;".indexOf(spec.charAt(type.length())) >= 0);
    }

    /** Of two that want the same event in different ways the second gets a number: {@code keydown~2}. */
    void tellApart(List<Subscription> others) {
        String name = spec.split("[:;]", 2)[0];
        String rest = spec.substring(name.length());
        String mine = name;
        for (int number = 2; clashes(mine, rest, others); number++) {
            mine = name + "~" + number;
        }
        spec = mine.equals(name) ? spec : mine + rest;
    }

    private static boolean clashes(String name, String rest, List<Subscription> others) {
        return others.stream().anyMatch(other -> other.hears(name) && !other.spec.equals(name + rest));
    }

    /** An event has come; whether its target may still be operated is asked when its turn is there. */
    void fire(LivePage page, JsonNode data) {
        gate.fire(page, node, data);
    }

    @Override
    public void close() {
        Tree tree = node.tree;
        if (tree == null) {
            node.unsubscribe(this);
            return;
        }
        tree.change(node, () -> node.unsubscribe(this));
    }
}
