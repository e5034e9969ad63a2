package dev.plainweave.ui;

/** What a handler does. It may block, and throw what it likes: its page says so to the user, and lives on. */
@FunctionalInterface
public interface Action {
    /** Does it. */
    void run() throws Exception;
}
