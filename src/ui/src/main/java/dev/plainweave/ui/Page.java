package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One tab of one visitor. All methods may be called from any thread.
 *
 * <p><b>The turn.</b> One handler of a page runs at a time, in the order in which events arrived, each on a virtual thread
 * of its own. A handler keeps the turn while it blocks in code of its own (JDBC, files): then the page says that it is
 * busy, and background changes go on being shown. It gives the turn up in what waits here: {@link #confirm}, {@link
 * #prompt}, {@link #choose}, {@link Dialog#await}, {@link Button#awaitClick}, {@link JsCall#get}, {@link #sleep}, {@link
 * #blocking}, {@link #cpu}; and gets it back before any handler begins that has not begun. So, as after {@code
 * Object.wait}, other handlers may have run meanwhile and the page may look different. Other pages are never concerned.
 *
 * <p><b>Its end.</b> When the tab is closed, or its browser is away for longer than 2 minutes, all these methods that wait
 * throw {@link PageClosedException}, {@code finally} blocks run, and changes go nowhere. Code of your own that blocks is
 * left to finish.
 */
public interface Page extends Container, AutoCloseable {
    /** What was asked for. */
    PageRequest request();

    /** The text of the tab. */
    void title(String title);

    /**
     * The status to answer with instead of 200, such as 404.
     *
     * @throws IllegalStateException when the browser has got the page already
     */
    void status(int status);

    /** Shows a short message for a few seconds. */
    void toast(String text);

    /**
     * Goes to another address; as long as the browser has got nothing, by a redirect.
     *
     * @param url relative, or http, https, mailto, tel
     * @throws IllegalArgumentException for any other
     */
    void navigate(String url);

    /**
     * Asks, and waits for the answer.
     *
     * @return true for yes; false for no, or when the question was dismissed
     */
    default boolean confirm(String question) {
        return Questions.confirm(this, question);
    }

    /**
     * Asks for a line of text, and waits for it.
     *
     * @return the text; empty when the question was dismissed
     */
    default Optional<String> prompt(String question) {
        return Questions.prompt(this, question);
    }

    /** Asks for one of the options, and waits for it; otherwise as {@link #choose(String, List, Function)}. */
    default <T> Optional<T> choose(String question, List<T> options) {
        return choose(question, options, String::valueOf);
    }

    /**
     * Asks for one of the options, and waits for it.
     *
     * @param label what an option is called
     * @return the option; empty when the question was dismissed
     */
    default <T> Optional<T> choose(String question, List<T> options, Function<? super T, String> label) {
        return Questions.choose(this, question, options, label);
    }

    /**
     * The same page, but what is added goes into that container: so that a page function can build a part of a page, or what
     * all pages have in common can be around it.
     *
     * <pre>{@code
     * PageFunction framed(PageFunction inner) {
     *     return page -> {
     *         page.block("header").heading("Our shop");
     *         inner.build(page.within(page.column()));
     *     };
     * }
     * }</pre>
     *
     * @param container one of this page's
     */
    default Page within(Container container) {
        return new PagePart(this, container);
    }

    /** Makes a dialog, which is shown when it is opened, or waited for. */
    default <T> Dialog<T> dialog() {
        return add(new Dialog<>());
    }

    /** Waits, without the turn. */
    void sleep(Duration time);

    /** Does work that waits for something else, without the turn: other handlers of this page run meanwhile. */
    <T> T blocking(Callable<T> work) throws Exception;

    /** Does work that computes, on {@link dev.plainweave.server.Cpu}'s threads, without the turn. */
    <T> T cpu(Callable<T> work) throws Exception;

    /**
     * Makes several changes one: the browser never shows some of them without the others. Keep it short, other changes of
     * the page wait for it too.
     *
     * @throws IllegalStateException inside, from whatever waits for the user
     */
    void atomically(Runnable changes);

    /**
     * Runs JavaScript in the browser, once, as the body of an async function.
     *
     * <pre>{@code
     * String zone = page.js("return Intl.DateTimeFormat().resolvedOptions().timeZone").get(String.class);
     * page.js("document.title = arguments[0]", name);
     * }</pre>
     *
     * @param functionBody the program's own, never put together from what users typed: that goes into the arguments
     * @param jsonArguments what Jackson can write
     */
    JsCall js(String functionBody, Object... jsonArguments);

    /**
     * Does something again and again, as a handler, until the registration is closed or the page ends. A tick that comes
     * while the last one waits or runs is left out.
     *
     * @param period at least 1 ms
     */
    Registration every(Duration period, Action action);

    /** Does something on a thread of its own, without the turn; what it throws is handled as if a handler had. */
    void background(Action action);

    /** Calls back once, when the page ends, on a thread of its own; at once, if it has. */
    Registration onClose(Consumer<? super PageEnd> once);

    /** Ends the page. Its tab says so. Harmless when repeated. */
    @Override
    void close();
}
