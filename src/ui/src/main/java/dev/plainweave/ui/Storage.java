package dev.plainweave.ui;

import java.util.List;
import java.util.Set;

/**
 * Values that are kept: observable, and shared by all who have the same {@link Scope}. What is bound to one of them in two
 * tabs changes in both.
 *
 * <pre>{@code
 * Property<String> name = page.storage(Scope.VISITOR).property("name", String.class, "");
 * page.input("Your name").bind(name);          // there again at the next visit
 * }</pre>
 *
 * <p>Kept are values that Jackson can write and read: texts, numbers, enums, records, java.time. They must not be changed
 * but replaced. A change is there for everybody at once, and in the {@link Store} within a second, or when the server stops.
 * All methods may be called from any thread; of a storage that is not the application's, hold the properties no longer than
 * a page.
 */
public interface Storage {
    /**
     * The value of that name; it begins as {@code first}, unless something was kept.
     *
     * @param name 1 to 100 letters, digits, {@code .}, {@code -} and {@code _}
     * @param type never another for the same name. What was kept as something that does not fit, by an earlier version of
     *     the program, is replaced by {@code first}, with a WARN
     * @return always the same property. Changing it throws IllegalStateException, and changes nothing, where the storage
     *     would become larger than {@link StorageLimits#bytes}
     * @throws IllegalArgumentException for another type than before, or a name that will not do
     */
    <T> Property<T> property(String name, Class<T> type, T first);

    /** The same for a list, which begins empty. */
    <T> Property<List<T>> list(String name, Class<T> elements);

    /** The names of what is kept. What has never been changed is not. */
    Set<String> names();

    /** Keeps nothing any more. Properties that somebody holds have the values that they began with. */
    void clear();
}
