package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Registration;

/** A listener of one kind of event of one node. */
final class Subscription implements Registration {
    private final Node node;
    private final String spec;
    private final Gate<JsonNode> gate;

    /**
     * A listener that hears nothing yet.
     *
     * @param spec the event's name, and behind a colon the names of the fields to send, with commas between
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
        return spec.startsWith(type) && (spec.length() == type.length() || spec.charAt(type.length()) == ':');
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
