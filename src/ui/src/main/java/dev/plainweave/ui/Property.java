package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A value that can be changed, and that elements can be bound to, on one page or on many. All methods may be called from any
 * thread; see {@link Observable}. An element that is removed, and a page that ends, let go of it.
 */
public final class Property<T> implements Observable<T> {
    private final AtomicReference<T> value;
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();

    private Property(T value) {
        this.value = new AtomicReference<>(Objects.requireNonNull(value, "value"));
    }

    /** A property with its first value. */
    public static <T> Property<T> of(T value) {
        return new Property<>(value);
    }

    @Override
    public T value() {
        return Objects.requireNonNull(value.get());
    }

    /** Changes it. Nobody is told of a value that equals the old one. */
    public void value(T now) {
        Objects.requireNonNull(now, "value");
        if (!now.equals(value.getAndSet(now))) {
            tell();
        }
    }

    /** Changes it by what it is, as one step: {@code count.update(n -> n + 1)}. The function may be called twice. */
    public T update(UnaryOperator<T> change) {
        T now = Objects.requireNonNull(value.updateAndGet(change), "value");
        tell();
        return now;
    }

    /** Each listener asks for the value itself: of two changes at a time, the last word is the same for all. */
    private void tell() {
        listeners.forEach(listener -> listener.accept(value()));
    }

    @Override
    public Registration onChange(Consumer<? super T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many listen. */
    public int listeners() {
        return listeners.size();
    }
}
