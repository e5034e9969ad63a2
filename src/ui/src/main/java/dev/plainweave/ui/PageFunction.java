package dev.plainweave.ui;

/** Builds a page. Runs once for each visit, on a virtual thread of its own that holds the page's turn, and may block. */
@FunctionalInterface
public interface PageFunction {
    /**
     * Builds the page. The browser gets what is there when this returns, first waits for the user, or after 2 seconds; the
     * rest follows as it comes.
     *
     * @throws dev.plainweave.http.HttpError to answer with that status, as long as the browser has got nothing
     * @throws Exception anything else is a 500 then, and later a handler's failure
     */
    void build(Page page) throws Exception;
}
