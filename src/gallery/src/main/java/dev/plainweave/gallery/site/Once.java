package dev.plainweave.gallery.site;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What another supplier supplies, asked for when it is first needed. */
final class Once<T> implements Supplier<T> {
    private final AtomicReference<@Nullable T> held = new AtomicReference<>();
    private final Supplier<T> first;

    Once(Supplier<T> first) {
        this.first = first;
    }

    @Override
    public T get() {
        T known = held.get();
        if (known == null) {
            known = first.get(); // two that come at once both ask, which does no harm
            held.set(known);
        }
        return known;
    }
}
