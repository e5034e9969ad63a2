package dev.plainweave.ui;

/**
 * What a handler does with what it is told. It may block, and throw what it likes: its page says so to the user, and
 * lives on.
 */
@FunctionalInterface
public interface Listener<T> {
    /** Handles it. */
    void on(T told) throws Exception;
}
