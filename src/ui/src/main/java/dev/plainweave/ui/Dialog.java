package dev.plainweave.ui;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A box above the page, which has to be answered or dismissed. Whether it is open is part of the page: a browser that comes
 * back shows it again.
 *
 * @param <T> what it is closed with
 */
public final class Dialog<T> extends Box<Dialog<T>> {
    private @Nullable CompletableFuture<Optional<T>> answer;

    Dialog() {
        super("dialog");
        node.put("class", "pw-dialog pw-column");
        subscribe(node, "close", EventPolicy.QUEUE, event -> cancel());
    }

    /** Shows it. */
    public Dialog<T> open() {
        set(node, Node.OPEN, true);
        return this;
    }

    /** Whether it is shown. */
    public boolean isOpen() {
        return Boolean.TRUE.equals(node.get(Node.OPEN));
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
        return live().await(mine);
    }
}
