package dev.plainweave.ui;

import dev.plainweave.http.HttpHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;

/** A page's path. HEAD makes no page: it would run the page's function for nobody. */
final class PageRoute implements HttpHandler {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");

    private final Visits visits;
    private final String path;
    private final List<String> names;
    private final PageFunction function;

    PageRoute(Visits visits, String path, PageFunction function) {
        this.visits = visits;
        this.path = path;
        this.function = function;
        names = PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (request.getMethod().equals("HEAD")) {
            Visits.headers(response);
        } else {
            visits.answer(request, response, path, names, function);
        }
    }
}
