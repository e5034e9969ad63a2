package dev.plainweave.ui;

import dev.plainweave.http.HttpError;

/**
 * Builds the page of an error: of an address where there is nothing, of a page that may not be seen, of a function that
 * failed. It is a live page as any other, with the error's status.
 */
@FunctionalInterface
public interface ErrorPageFunction {
    /**
     * Builds it.
     *
     * @param error what to say: of a 500 its {@linkplain HttpError#detail detail} has the id under which the failure is in the
     *     log
     * @throws Exception anything: then the visitor gets the error as it would be without this function
     */
    void build(Page page, HttpError error) throws Exception;
}
