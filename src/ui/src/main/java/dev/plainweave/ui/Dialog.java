package dev.plainweave.ui;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A box above the page, which has to be answered or dismissed. Whether it is open is part of the page: a browser that comes
 * back shows it again. The focus goes in, and back to where it was when it is closed. One may open another.
 *
 * @param <T> what it is closed with
 */
public final class Dialog<T> extends Box<Dialog<T>> {
    private @Nullable CompletableFuture<Optional<T>> answer;
    private boolean persistent;

    Dialog() {
        super("dialog");
        node.put("class", "pw-dialog pw-column");
        subscribe(node, "close", EventPolicy.QUEUE, event -> dismissed());
    }

    /** Shows it. */
    public Dialog<T> open() {
        set(node, Node.OPEN, true);
        return this;
    }

    /** Whether it is shown. */
    public boolean isOpen() {
        return read(() -> Boolean.TRUE.equals(node.get(Node.OPEN)));
    }

    /** Has a heading, which also says what it is called. */
    public Dialog<T> title(String text) {
        Label heading = heading(2, text).classes("fs-4");
        heading.moveTo(this, 0);
        return asks(heading);
    }

    /** Is called what that says. */
    Dialog<T> asks(Label text) {
        change(() -> set(node, "aria-labelledby", text.node));
        return this;
    }

    /** Cannot be dismissed: one of its own buttons has to close it. */
    public Dialog<T> persistent() {
        change(() -> persistent = true);
        set(node, "closedby", "none");
        return this;
    }

    /** A click beside it dismisses it too, in browsers that know how (closedby). */
    public Dialog<T> dismissedByClickOutside() {
        set(node, "closedby", "any");
        return this;
    }

    /** The browser has closed it, by the key Escape, or by a click beside it. */
    private void dismissed() {
        change(() -> {
            if (persistent && node.tree != null) {
                node.tree.resend(node, Node.OPEN);
            } else {
                cancel();
            }
        });
    }

    /** Closes it with an answer. */
    public void close(T value) {
        answer(Optional.of(value));
    }

    /** Closes it without an answer. */
    public void cancel() {
        answer(Optional.empty());
    }

    private void answer(Optional<T> value) {
        change(() -> {
            set(node, Node.OPEN, null);
            if (answer != null) {
                answer.complete(value);
                answer = null;
            }
        });
    }

    /**
     * Shows it, and waits, without the turn, until it is closed.
     *
     * @return what it was closed with; empty if it was dismissed
     * @throws PageClosedException when the page ends
     */
    public Optional<T> await() {
        CompletableFuture<Optional<T>> mine = new CompletableFuture<>();
        change(() -> {
            if (answer != null) {
                throw new IllegalStateException("somebody waits for this dialog already");
            }
            answer = mine;
            open();
        });
        try {
            return live().await(mine);
        } finally {
            change(() -> {
                if (!mine.isDone()) { // it could not be waited for
                    cancel();
                }
            });
        }
    }
}
