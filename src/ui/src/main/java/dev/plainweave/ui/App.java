package dev.plainweave.ui;

import java.util.List;

/**
 * All pages of a server together: from {@link PlainweaveBuilder#app} or {@link Page#app}. All methods may be called from any
 * thread, a timer's or another server's included.
 *
 * <pre>{@code
 * PlainweaveBuilder builder = Plainweave.builder().page("/orders", Orders::page);
 * App app = builder.app();
 * orders.onNew(order -> app.pages("/orders").forEach(page -> page.toast("New: " + order)));
 * }</pre>
 */
public interface App {
    /**
     * The pages that are open now, of every path, in no order: a snapshot, which does not change. What ends meanwhile stays
     * in it, and takes changes that go nowhere; what is opened later is not in it, so that a page shows by itself what it
     * begins with. Pages whose browser is away for a moment are in it, and show what was changed when it is back. Before the
     * start and after the stop there are none.
     */
    List<Page> pages();

    /**
     * The same, of those that were opened at that path.
     *
     * @param path as it was declared: {@code /item/{id}} for all items; which one is {@link PageRequest#parameter}
     * @throws IllegalArgumentException if no page was declared there, once the server has been started
     */
    List<Page> pages(String path);

    /**
     * What the application keeps, {@link Scope#APPLICATION}.
     *
     * @throws IllegalStateException before the start
     */
    Storage storage();
}
