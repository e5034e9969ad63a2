package dev.plainweave.ui;

import java.util.Optional;

/** Says what is wrong with a value. It may block: what it says of an older value than the newest is not shown. */
@FunctionalInterface
public interface Validator<T> {
    /** What is wrong, in words for the user; empty if nothing is. */
    Optional<String> complaint(T value) throws Exception;
}
