package dev.plainweave.ui;

import dev.plainweave.access.Authenticator;
import dev.plainweave.http.HttpRoutes;
import dev.plainweave.http.PathParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers visits: each by a page of its own, run until there is something to show, and shown as HTML. */
final class Visits {
    /** The request attribute with a page whose function has failed. */
    static final String FAILED = "dev.plainweave.ui.failed";

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    private final Pages pages;
    private final String assets;
    private final HeadFiles head;

    Visits(Pages pages, String assets, HeadFiles head) {
        this.pages = pages;
        this.assets = assets;
        this.head = head;
    }

    /**
     * Answers with a page.
     *
     * @param declared the page's path
     * @param names of the parameters in it
     */
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            String declared,
            List<String> names,
            PageFunction function)
            throws Exception {
        String base = base(request);
        Visit visit = new Visit(
                asked(request, names),
                Visitors.known(request, response, pages, base),
                declared,
                pages.logins().of(request, response),
                required(request));
        LivePage page = pages.open(visit);
        page.tree.base = base;
        boolean shown = false;
        try {
            FirstAnswer answer = page.start(function);
            if (answer.failure().isPresent()) {
                request.setAttribute(FAILED, page);
                raise(answer.failure().get());
            }
            headers(response);
            if (answer.location().isPresent()) {
                response.sendRedirect(
                        response.encodeRedirectURL(based(base, answer.location().get())));
                return;
            }
            response.setStatus(answer.status());
            response.getWriter().print(new Document(page, base, assets, head).html());
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

    /** What paths of the application begin with outside: also where no filter has put a proxy's prefix before it. */
    private static String base(HttpServletRequest request) {
        String path = request.getContextPath();
        return request.getAttribute(HttpRoutes.PREFIX_ATTRIBUTE) instanceof String prefix && !path.startsWith(prefix)
                ? prefix + path
                : path;
    }

    private static String based(String base, String url) {
        return Urls.ascii(url.startsWith("/") && !url.startsWith("//") ? base + url : url);
    }

    static void headers(HttpServletResponse response) {
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
    }

    @SuppressWarnings("unchecked") // what the guard has put there
    private static List<Predicate<? super Principal>> required(HttpServletRequest request) {
        return request.getAttribute(Authenticator.REQUIRED_ATTRIBUTE) instanceof List<?> all
                ? (List<Predicate<? super Principal>>) all
                : List.of();
    }

    private static PageRequest asked(HttpServletRequest request, List<String> names) {
        Map<String, String> parameters = new LinkedHashMap<>();
        PathParameters found = PathParameters.of(request);
        names.forEach(name -> found.find(name).ifPresent(value -> parameters.put(name, value)));
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.copyOf(Arrays.asList(values))));
        String path = Objects.requireNonNullElse(request.getPathInfo(), request.getServletPath());
        return new PageRequest(
                path, parameters, query, Optional.ofNullable(request.getUserPrincipal()), request.getRemoteAddr());
    }
}
