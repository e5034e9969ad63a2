package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.function.Consumer;

/** A page, of which one container is filled. */
final class PagePart implements Page {
    private final Page page;
    private final Container container;

    PagePart(Page page, Container container) {
        this.page = page;
        this.container = container;
    }

    /** The page itself. */
    static LivePage live(Page page) {
        return page instanceof PagePart part ? live(part.page) : (LivePage) page;
    }

    /** The node that a container's elements are in. */
    static Node content(Container container) {
        return switch (container) {
            case PagePart part -> content(part.container);
            case LivePage whole -> whole.tree.root;
            case Box<?> box -> box.content();
            default -> throw new IllegalArgumentException(container + " is no container of a page");
        };
    }

    @Override
    public <E extends Element<E>> E add(int index, E element) {
        return container.add(index, element);
    }

    @Override
    public int size() {
        return container.size();
    }

    @Override
    public void clear() {
        container.clear();
    }

    @Override
    public PageRequest request() {
        return page.request();
    }

    @Override
    public void title(String title) {
        page.title(title);
    }

    @Override
    public void status(int status) {
        page.status(status);
    }

    @Override
    public void navigate(String url) {
        page.navigate(url);
    }

    @Override
    public Storage storage(Scope scope) {
        return page.storage(scope);
    }

    @Override
    public void atomically(Runnable changes) {
        page.atomically(changes);
    }

    @Override
    public JsCall js(String functionBody, Object... jsonArguments) {
        return page.js(functionBody, jsonArguments);
    }

    @Override
    public Registration every(Duration period, Action action) {
        return page.every(period, action);
    }

    @Override
    public void background(Action action) {
        page.background(action);
    }

    @Override
    public Registration onClose(Consumer<? super PageEnd> once) {
        return page.onClose(once);
    }

    @Override
    public void close() {
        page.close();
    }
}
