package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.concurrent.CompletableFuture;

/** A button. */
public final class Button extends Element<Button> {
    private static final String CLICK = "click";

    Button(String text) {
        super("button");
        node.put("type", "button");
        node.put("class", "btn btn-primary");
        node.put(Node.TEXT, text);
    }

    /** Shows another text. */
    public Button text(String text) {
        set(node, Node.TEXT, text);
        return this;
    }

    /** Looks less important than others. */
    public Button secondary() {
        return removeClasses("btn-primary").classes("btn-outline-secondary");
    }

    /** Looks like something that cannot be undone. */
    public Button danger() {
        return removeClasses("btn-primary").classes("btn-danger");
    }

    /** What a click does. Clicks that come meanwhile wait for their turn. */
    public Button onClick(Action action) {
        return onClick(EventPolicy.QUEUE, action);
    }

    /** What a click does, and what becomes of those that come meanwhile. */
    public Button onClick(EventPolicy policy, Action action) {
        subscribe(node, CLICK, policy, event -> action.run());
        return this;
    }

    /** Waits for the next click, without the turn. */
    public void awaitClick() {
        CompletableFuture<Boolean> clicked = new CompletableFuture<>();
        Registration once = subscribe(node, CLICK, EventPolicy.PARALLEL, event -> clicked.complete(true));
        try {
            live().await(clicked);
        } finally {
            once.close();
        }
    }
}
