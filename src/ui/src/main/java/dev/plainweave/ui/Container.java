package dev.plainweave.ui;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What elements are in, and what makes them. Any thread may: there is no current container, and a lambda only nests.
 *
 * <pre>{@code
 * page.row(row -> {
 *     row.label("Name");
 *     row.button("Go").onClick(this::go);
 * });
 * }</pre>
 */
public interface Container {
    /**
     * Puts an element at the end.
     *
     * @throws IllegalStateException if it is in a page already, or the page has as many elements as it may have
     */
    default <E extends Element<E>> E add(E element) {
        return add(Integer.MAX_VALUE, element);
    }

    /**
     * Puts an element somewhere.
     *
     * @param index how many elements come before it; at the end when there are fewer
     * @throws IllegalStateException as above
     */
    <E extends Element<E>> E add(int index, E element);

    /** How many elements are in it, those in them not counted. */
    int size();

    /** Removes all that is in it. */
    void clear();

    /** A line of text. */
    default Label label(String text) {
        return add(new Label("div", text));
    }

    /** A paragraph of text; its line breaks are shown. */
    default Label paragraph(String text) {
        return add(new Label("p", text).classes("pw-text"));
    }

    /** A heading of the first level. */
    default Label heading(String text) {
        return heading(1, text);
    }

    /**
     * A heading.
     *
     * @param level 1 to 6
     */
    default Label heading(int level, String text) {
        if (level < 1 || level > 6) {
            throw new IllegalArgumentException("a heading's level is 1 to 6, was " + level);
        }
        return add(new Label("h" + level, text));
    }

    /**
     * A link.
     *
     * @param url relative, or http, https, mailto, tel
     */
    default Link link(String text, String url) {
        return add(new Link(text, url));
    }

    /**
     * A picture.
     *
     * @param source its address on this server; the page's policy allows no other
     * @param description for those who do not see it; empty for a mere ornament
     */
    default Image image(String source, String description) {
        return add(new Image(source, description));
    }

    /**
     * A small picture in the colour of the text around it, an ornament.
     *
     * @param name one of Bootstrap Icons, such as {@code trash}
     */
    default Icon icon(String name) {
        return add(new Icon(name));
    }

    /** A thin line. */
    default Separator separator() {
        return add(new Separator());
    }

    /** A button. */
    default Button button(String text) {
        return add(new Button(text));
    }

    /** A line of text to type. */
    default Input input(String label) {
        return add(new Input(label));
    }

    /** Lines of text to type. */
    default TextArea textArea(String label) {
        return add(new TextArea(label));
    }

    /** A number to type, exact, or none. */
    default NumberField<BigDecimal> number(String label) {
        return number(label, BigDecimal.class);
    }

    /** A number to type. */
    default NumberField<BigDecimal> number(String label, double value) {
        return number(label).number(BigDecimal.valueOf(value).stripTrailingZeros());
    }

    /** A whole number to type, or none. */
    default NumberField<Integer> integer(String label) {
        return number(label, Integer.class);
    }

    /**
     * A number to type, or none.
     *
     * @param type BigDecimal, Integer, Long or Double
     */
    default <T extends Number> NumberField<T> number(String label, Class<T> type) {
        return add(new NumberField<>(label, type));
    }

    /** A box to tick. */
    default Checkbox checkbox(String label) {
        return add(new Checkbox(label, false));
    }

    /** A switch, on or off. */
    default Checkbox toggle(String label) {
        return add(new Checkbox(label, true));
    }

    /** A choice of one, or none. */
    default <T> Select<T> select(String label, List<T> options) {
        return select(label, options, String::valueOf);
    }

    /**
     * A choice of one, or none.
     *
     * @param name what an option is called
     */
    default <T> Select<T> select(String label, List<T> options, Function<? super T, String> name) {
        return add(new Select<T>(label, name)).options(options);
    }

    /** A choice of one of an enum's constants, or none. */
    default <T extends Enum<T>> Select<T> select(String label, Class<T> type) {
        return select(label, List.of(type.getEnumConstants()));
    }

    /** A choice of one, or none at first, all to be seen. */
    default <T> RadioGroup<T> radio(String label, List<T> options) {
        return radio(label, options, String::valueOf);
    }

    /**
     * A choice of one, or none at first, all to be seen.
     *
     * @param name what an option is called
     */
    default <T> RadioGroup<T> radio(String label, List<T> options, Function<? super T, String> name) {
        return add(new RadioGroup<T>(label, name)).options(options);
    }

    /** A choice of one of an enum's constants, or none at first, all to be seen. */
    default <T extends Enum<T>> RadioGroup<T> radio(String label, Class<T> type) {
        return radio(label, List.of(type.getEnumConstants()));
    }

    /** A choice of any number. */
    default <T> MultiSelect<T> multiSelect(String label, List<T> options) {
        return multiSelect(label, options, String::valueOf);
    }

    /**
     * A choice of any number.
     *
     * @param name what an option is called
     */
    default <T> MultiSelect<T> multiSelect(String label, List<T> options, Function<? super T, String> name) {
        return add(new MultiSelect<T>(label, name)).options(options);
    }

    /** A choice of one, or none, found by typing a part of its name. */
    default <T> Combobox<T> combobox(String label, List<T> options) {
        return combobox(label, options, String::valueOf);
    }

    /**
     * A choice of one, or none, found by typing a part of its name.
     *
     * @param name what an option is called; each has a name of its own
     */
    default <T> Combobox<T> combobox(String label, List<T> options, Function<? super T, String> name) {
        return add(new Combobox<T>(label, name)).options(options);
    }

    /** A bar that fills as work goes on. */
    default Progress progress() {
        return add(new Progress());
    }

    /** A bar that fills until so much is done. */
    default Progress progress(double all) {
        return progress().max(all);
    }

    /** Something that turns while one waits. */
    default Spinner spinner() {
        return add(new Spinner());
    }

    /** Lines of text, of which the newest are kept. */
    default Log log() {
        return add(new Log());
    }

    /** An element of HTML that only holds something: {@code section}, {@code ul}, {@code code}. See {@link Block}. */
    default Block block(String tag) {
        return add(new Block(tag));
    }

    /** An element of HTML that only holds something, and what is in it. */
    default Block block(String tag, Consumer<? super Block> content) {
        return fill(block(tag), content);
    }

    /** Elements side by side, wrapping where there is no room. */
    default Row row() {
        return add(new Row());
    }

    /** Elements side by side. */
    default Row row(Consumer<? super Row> content) {
        return fill(row(), content);
    }

    /** Elements one below the other. */
    default Column column() {
        return add(new Column());
    }

    /** Elements one below the other. */
    default Column column(Consumer<? super Column> content) {
        return fill(column(), content);
    }

    /**
     * Elements in columns of equal width; on small screens there are fewer.
     *
     * @param columns 1 to 6
     */
    default Grid grid(int columns) {
        return add(new Grid(columns));
    }

    /** Elements in columns of equal width. */
    default Grid grid(int columns, Consumer<? super Grid> content) {
        return fill(grid(columns), content);
    }

    /** A box with a border around what belongs together. */
    default Card card() {
        return add(new Card());
    }

    /** A box with a border around what belongs together. */
    default Card card(Consumer<? super Card> content) {
        return fill(card(), content);
    }

    private static <C extends Container> C fill(C container, Consumer<? super C> content) {
        content.accept(container);
        return container;
    }
}
