package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.concurrent.CompletableFuture;

/** A button. */
public final class Button extends TextElement<Button> {
    private static final String CLICK = "click";

    /** How important a button looks, and what for. */
    public enum Look {
        /** The one that is meant to be used. */
        PRIMARY("btn-primary"),
        /** One of several. */
        SECONDARY("btn-outline-secondary"),
        /** It does good. */
        SUCCESS("btn-success"),
        /** It needs care. */
        WARNING("btn-warning"),
        /** It cannot be undone. */
        DANGER("btn-danger"),
        /** Nothing but its text or icon. */
        PLAIN("btn-link");

        private final String css;

        Look(String css) {
            this.css = css;
        }
    }

    private boolean showsWork;

    Button(String text) {
        super("button", text);
        node.put("type", "button");
        node.put("class", "btn btn-primary");
    }

    /** How it looks. {@link Look#PRIMARY}. */
    public Button look(Look look) {
        change(() -> {
            for (Look other : Look.values()) {
                removeClasses(other.css);
            }
            classes(look.css);
        });
        return this;
    }

    /** Looks less important than others. */
    public Button secondary() {
        return look(Look.SECONDARY);
    }

    /** Looks like something that cannot be undone. */
    public Button danger() {
        return look(Look.DANGER);
    }

    /** Is smaller than others. */
    public Button small() {
        return removeClasses("btn-lg").classes("btn-sm");
    }

    /** Is larger than others. */
    public Button large() {
        return removeClasses("btn-sm").classes("btn-lg");
    }

    /** Turns, and takes no clicks, as long as that is so. */
    public Button busy(boolean busy) {
        set(node, "aria-busy", busy ? "true" : null);
        return this;
    }

    /** Turns, and takes no clicks, while what a click does is running. To be called before {@link #onClick}. */
    public Button busyWhileRunning() {
        showsWork = true;
        return this;
    }

    /** What a click does. Clicks that come meanwhile wait for their turn. */
    public Button onClick(Action action) {
        return onClick(showsWork ? EventPolicy.DROP_WHILE_RUNNING : EventPolicy.QUEUE, action);
    }

    /** What a click does, and what becomes of those that come meanwhile. */
    public Button onClick(EventPolicy policy, Action action) {
        boolean shows = showsWork;
        subscribe(node, CLICK, policy, event -> {
            if (read(() -> node.get("aria-busy") != null)) {
                live().ignored();
            } else if (shows) {
                busy(true);
                try {
                    action.run();
                } finally {
                    busy(false);
                }
            } else {
                action.run();
            }
        });
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
