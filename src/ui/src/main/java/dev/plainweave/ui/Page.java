package dev.plainweave.ui;

import dev.plainweave.server.Cpu;
import dev.plainweave.websocket.Registration;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
 * Object.wait}, other handlers may have run meanwhile and the page may look different. Other pages are never concerned. No
 * more threads wait for a page at a time than {@link PageLimits#waits}; one more gets IllegalStateException.
 *
 * <p><b>Its end.</b> When the tab is closed, or its browser is away for longer than 2 minutes, all these methods that wait
 * throw {@link PageClosedException}, {@code finally} blocks run, and changes go nowhere. Code of your own that blocks is
 * left to finish; a handler whose wait has ended so goes on after it, one at a time as ever.
 */
public interface Page extends Container, AutoCloseable {
    /** What was asked for. */
    PageRequest request();

    /** Who it is; empty for somebody unknown. It stays the same for the life of the page. */
    default Optional<Principal> user() {
        return request().user();
    }

    /** All open pages, and what they share. */
    default App app() {
        return PagePart.live(this).all().app();
    }

    /**
     * What is kept for the page's tab, visitor, user, or for all.
     *
     * @throws IllegalStateException of {@link Scope#USER}, where nobody is logged in
     * @throws java.io.UncheckedIOException later, from the storage, when it cannot be read
     */
    Storage storage(Scope scope);

    /** Logs that user in; otherwise as {@link #login(Principal, String)}, to where they wanted to go, or {@code /}. */
    default void login(Principal user) {
        PageLogin.login(PagePart.live(this), user, Logins.wanted(request()));
    }

    /**
     * Logs that user in, who has been found to be who they say: the browser leaves this page, gets a new cookie by an address
     * that is good once, and goes on to the target. If somebody was logged in in this browser, they no longer are, and
     * their pages end.
     *
     * @param target a path of this application, with its query
     * @throws IllegalArgumentException for a target that is none
     * @throws IllegalStateException if the application has no login page, {@link PlainweaveBuilder#login}
     */
    default void login(Principal user, String target) {
        PageLogin.login(PagePart.live(this), user, target);
    }

    /**
     * Finds out who it is, and logs them in; but not when too many attempts have failed from this address.
     *
     * <pre>{@code
     * page.button("Log in").onClick(() -> {
     *     switch (page.tryLogin(() -> accounts.find(name.value(), password.value()))) {
     *         case LOGGED_IN -> {}
     *         case REFUSED -> message.text("Name or password are wrong.");
     *         case TOO_MANY -> message.text("Please try again in some minutes.");
     *     }
     * });
     * }</pre>
     *
     * @param check looks them up; runs without the turn, may block
     * @throws Exception what the check throws; the attempt counts as a failed one
     */
    default LoginResult tryLogin(Callable<? extends Optional<? extends Principal>> check) throws Exception {
        return PageLogin.tryLogin(PagePart.live(this), check);
    }

    /** Logs out, and goes to {@code /}; otherwise as {@link #logout(String)}. */
    default void logout() {
        logout("/");
    }

    /**
     * Logs out what the visitor is logged in by: from this moment the cookie is good for nothing, and all other pages of the
     * login end. This one goes to the target, and ends 5 seconds later if its browser does not. Where nobody is logged
     * in, it only goes.
     */
    default void logout(String target) {
        PageLogin.logout(PagePart.live(this), target);
    }

    /** The text of the tab. */
    void title(String title);

    /**
     * The language that the page is in, for screen readers, hyphens and the browser's offer to translate; that of the builder
     * ({@link PlainweaveBuilder#language}) until then.
     *
     * @param tag of BCP 47, such as {@code de} or {@code pt-BR}
     * @throws IllegalArgumentException for what is no such tag
     */
    default void language(String tag) {
        LivePage page = PagePart.live(this);
        page.tree.run(() -> page.tree.set(page.tree.root, Node.LANGUAGE, Languages.checked(tag)));
    }

    /**
     * The status to answer with instead of 200, such as 404.
     *
     * @throws IllegalStateException when the browser has got the page already
     */
    void status(int status);

    /** Shows a short message for a few seconds. */
    default void toast(String text) {
        PagePart.live(this).command(new Command("toast", List.of(text, "info"), null));
    }

    /** Shows a short message, of a kind, for a time, at a place, perhaps with a button. */
    default void toast(Toast toast) {
        toast.show(PagePart.live(this));
    }

    /**
     * Goes to another address; as long as the browser has got nothing, by a redirect.
     *
     * @param url relative, or http, https, mailto, tel
     * @throws IllegalArgumentException for any other, and for one with control characters
     */
    void navigate(String url);

    /**
     * Has the browser keep something as a file. Returns at once; the content is made when the browser fetches it, within 3
     * minutes and while the page lives ({@link PageLimits#downloadWait}); what has begun goes on without the page.
     *
     * @param name what the file is to be called, in any script; of a path its last part
     * @param mediaType such as {@code text/csv}
     * @throws IllegalArgumentException for what is no name or no media type, and for a name with control characters
     * @throws IllegalStateException if too many wait to be fetched ({@link PageLimits#downloads})
     */
    default void download(String name, String mediaType, Content content) {
        Downloads.start(PagePart.live(this), name, mediaType, content);
    }

    /** Has the browser keep a copy of the file, under its own name. */
    default void download(Path file) {
        download(String.valueOf(file.getFileName()), "application/octet-stream", Content.of(file));
    }

    /**
     * Asks, and waits for the answer.
     *
     * @return true for yes; false for no, or when the question was dismissed
     */
    default boolean confirm(String question) {
        return Questions.confirm(this, question, "Yes", "No");
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param yes what the button is called that says so
     * @param no what the other one is called
     * @return true for yes; false for no, or when the question was dismissed
     */
    default boolean confirm(String question, String yes, String no) {
        return Questions.confirm(this, question, yes, no);
    }

    /** Asks for a line of text, of which that is there already, and waits for it; otherwise as {@link #prompt(String)}. */
    default Optional<String> prompt(String question, String initial) {
        return Questions.prompt(this, question, initial);
    }

    /**
     * Asks for a line of text, and waits for it.
     *
     * @return the text; empty when the question was dismissed
     */
    default Optional<String> prompt(String question) {
        return Questions.prompt(this, question, "");
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

    /** Colours all pages of this visitor's browser so, now and at later visits, until something else is said. Returns at once. */
    default void theme(Theme theme) {
        js(
                "const key = 'plainweave-theme'; arguments[0] ? localStorage.setItem(key, arguments[0])"
                        + " : localStorage.removeItem(key); dispatchEvent(new Event('storage'))",
                theme == Theme.SYSTEM ? "" : theme.name().toLowerCase(Locale.ROOT));
    }

    /** Makes a dialog, which is shown when it is opened, or waited for. */
    default <T> Dialog<T> dialog() {
        return add(new Dialog<>());
    }

    /** Waits, without the turn. */
    default void sleep(Duration time) {
        PagePart.live(this).waits().await(new CompletableFuture<Void>(), time);
    }

    /** Does work that waits for something else, without the turn: other handlers of this page run meanwhile. */
    default <T> T blocking(Callable<T> work) throws Exception {
        Waits waits = PagePart.live(this).waits();
        waits.check();
        return waits.withoutTurn(work);
    }

    /** Does work that computes, on {@link dev.plainweave.server.Cpu}'s threads, without the turn. */
    default <T> T cpu(Callable<T> work) throws Exception {
        return blocking(() -> Cpu.run(work));
    }

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
