package dev.plainweave.ui;

import dev.plainweave.http.HttpHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers a visit: a page of its own, run until there is something to show, and shown as HTML. */
final class PageRoute implements HttpHandler {
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");

    private final Pages pages;
    private final String assets;
    private final HeadFiles head;
    private final List<String> names;
    private final PageFunction function;

    PageRoute(Pages pages, String assets, HeadFiles head, String path, PageFunction function) {
        this.pages = pages;
        this.assets = assets;
        this.head = head;
        this.function = function;
        names = PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (request.getMethod().equals("HEAD")) {
            headers(response);
            return;
        }
        LivePage page = pages.open(asked(request), Visitors.known(request, response, pages));
        boolean shown = false;
        try {
            FirstAnswer answer = page.start(function);
            if (answer.failure().isPresent()) {
                raise(answer.failure().get());
            }
            headers(response);
            if (answer.location().isPresent()) {
                response.sendRedirect(response.encodeRedirectURL(
                        based(request, answer.location().get())));
                return;
            }
            response.setStatus(answer.status());
            response.getWriter().print(new Document(page, request.getContextPath(), assets, head).html());
            shown = true;
        } finally {
            if (!shown) {
                page.end(PageEnd.FAILED);
            }
        }
    }

    private static void raise(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }

    /** A path of the application's begins with its base path outside. */
    private static String based(HttpServletRequest request, String url) {
        return url.startsWith("/") && !url.startsWith("//") ? request.getContextPath() + url : url;
    }

    private static void headers(HttpServletResponse response) {
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
    }

    private PageRequest asked(HttpServletRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        dev.plainweave.http.PathParameters found = dev.plainweave.http.PathParameters.of(request);
        names.forEach(name -> found.find(name).ifPresent(value -> parameters.put(name, value)));
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.copyOf(Arrays.asList(values))));
        String path = Objects.requireNonNullElse(request.getPathInfo(), request.getServletPath());
        return new PageRequest(
                path, parameters, query, Optional.ofNullable(request.getUserPrincipal()), request.getRemoteAddr());
    }
}
