package dev.plainweave.ui;

/**
 * A change of a value that the user has made.
 *
 * @param before what it was
 * @param value what it is
 */
public record Change<T>(T before, T value) {}
