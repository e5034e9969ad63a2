package dev.plainweave.ui;

import dev.plainweave.http.ErrorHandler;
import dev.plainweave.http.HttpError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What visitors see of errors: of a failure the id that finds it in the log, and the application's own page if it has one. */
final class ErrorPages implements ErrorHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);
    private static final int FAILED = 500;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Pages pages;
    private final Visits visits;
    private final Optional<ErrorPageFunction> function;

    ErrorPages(Pages pages, Visits visits, Optional<ErrorPageFunction> function) {
        this.pages = pages;
        this.visits = visits;
        this.function = function;
    }

    @Override
    public boolean handle(Throwable failure, HttpServletRequest request, HttpServletResponse response) {
        if (failure instanceof HttpError error) {
            return function.isPresent()
                    && isForReading(request, error)
                    && show(function.get(), error, request, response);
        }
        if (request.getAttribute(Visits.FAILED) instanceof LivePage page) {
            throw new HttpError(
                    FAILED, "Something went wrong here. It is not your fault. (" + pages.failed(page, failure) + ")");
        }
        return false;
    }

    /** Not for programs; and not where there are too many pages already. */
    private static boolean isForReading(HttpServletRequest request, HttpError error) {
        String accepted = request.getHeader("Accept");
        return request.getMethod().equals("GET")
                && accepted != null
                && accepted.contains("text/html")
                && error.status() != TOO_MANY
                && error.status() != UNAVAILABLE;
    }

    private boolean show(
            ErrorPageFunction build, HttpError error, HttpServletRequest request, HttpServletResponse response) {
        try {
            visits.answer(request, response, "", List.of(), page -> {
                page.status(error.status());
                page.title(error.title());
                build.build(page, error);
            });
            return true;
        } catch (HttpError other) {
            LOGGER.debug("the error page answers with an error", other);
        } catch (Exception failed) {
            if (pages.failures().admits("")) {
                LOGGER.warn("the error page failed for a {}", error.status(), failed);
            }
        }
        return false;
    }
}
