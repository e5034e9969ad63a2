package dev.plainweave.ui;

/** Is told of what handlers threw, after it was logged; for counting, or for mail to somebody. */
@FunctionalInterface
public interface PageFailure {
    /**
     * A handler failed.
     *
     * @param error the id that the user was shown, and that is in the log
     */
    void failed(Page page, String error, Throwable failure);
}
