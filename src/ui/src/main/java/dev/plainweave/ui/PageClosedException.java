package dev.plainweave.ui;

/**
 * Thrown by everything that waits in a page, when that page has ended. Letting it escape is the normal way for a handler
 * to end: it is not logged. It has no stack trace.
 */
public class PageClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PageEnd end;

    PageClosedException(PageEnd end) {
        super("the page has ended: " + end, null, false, false);
        this.end = end;
    }

    /** Why the page ended. */
    public PageEnd end() {
        return end;
    }
}
