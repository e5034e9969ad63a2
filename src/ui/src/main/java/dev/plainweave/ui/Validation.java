package dev.plainweave.ui;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The validators of a field, and which of their verdicts is the newest. */
final class Validation<T> {
    private final List<Validator<? super T>> validators = new CopyOnWriteArrayList<>();
    private final AtomicLong newest = new AtomicLong();
    private volatile boolean onCommit;

    void add(Validator<? super T> validator) {
        validators.add(validator);
    }

    void onCommit() {
        onCommit = true;
    }

    boolean isOnCommit() {
        return onCommit;
    }

    long next() {
        return newest.incrementAndGet();
    }

    boolean isNewest(long number) {
        return newest.get() == number;
    }

    /** The first complaint, if any. */
    Optional<String> complaint(T value) throws Exception {
        for (Validator<? super T> validator : validators) {
            Optional<String> complaint = validator.complaint(value);
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }
}
