package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A value that is computed from others whenever somebody asks. It keeps nothing: each listener has its own last value. */
final class Derived<T> implements Observable<T> {
    private final List<Observable<?>> sources;
    private final Supplier<? extends T> function;

    Derived(List<Observable<?>> sources, Supplier<? extends T> function) {
        this.sources = sources;
        this.function = function;
    }

    @Override
    public T value() {
        return Objects.requireNonNull(function.get(), "a computed value must not be null");
    }

    @Override
    public Registration onChange(Consumer<? super T> listener) {
        AtomicReference<T> last = new AtomicReference<>(value());
        Consumer<Object> changed = source -> {
            T now = value();
            if (!now.equals(last.getAndSet(now))) {
                listener.accept(now);
            }
        };
        List<Registration> all =
                sources.stream().map(source -> source.onChange(changed)).toList();
        return () -> all.forEach(Registration::close);
    }
}
