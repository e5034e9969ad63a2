package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A value that can be looked at, and listened to: a {@link Property}, or what is made of some. All methods may be called
 * from any thread. There is no polling: who listens is told, on the thread that makes the change.
 *
 * <pre>{@code
 * Property<Integer> count = Property.of(0);
 * page.label("").bindText(count.map(n -> n + " of 10"));
 * page.button("Next").bindEnabled(count.map(n -> n < 10));
 * }</pre>
 */
public sealed interface Observable<T> permits Property, Derived {
    /** What it is now. */
    T value();

    /** Is told of changes. What it does must be short. */
    Registration onChange(Consumer<? super T> listener);

    /** What the function makes of it. It listens only while somebody listens to it, so it costs nothing to leave it. */
    default <R> Observable<R> map(Function<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return new Derived<>(List.of(this), () -> function.apply(value()));
    }

    /** What the function makes of two. */
    static <A, B, R> Observable<R> combine(
            Observable<A> one, Observable<B> other, BiFunction<? super A, ? super B, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return new Derived<>(List.of(one, other), () -> function.apply(one.value(), other.value()));
    }

    /**
     * What comes out of a function of any number of others.
     *
     * @param function asks for their values itself; it must be short, and is called whenever one of them changes
     * @param of all that it asks
     */
    static <R> Observable<R> computed(Supplier<? extends R> function, Observable<?>... of) {
        Objects.requireNonNull(function, "function");
        return new Derived<>(List.of(of), function);
    }
}
