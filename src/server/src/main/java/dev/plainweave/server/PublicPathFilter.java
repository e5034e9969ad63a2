package dev.plainweave.server;

import dev.plainweave.http.HttpRoutes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives servlets the paths that the browser knows, where a proxy has taken a prefix off them: links, redirects and cookies
 * made with {@code request.getContextPath()} are right on both sides of the proxy.
 */
final class PublicPathFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean prefixed =
                request.getAttribute(HttpRoutes.PREFIX_ATTRIBUTE) instanceof String prefix && !prefix.isEmpty();
        chain.doFilter(
                prefixed ? new Prefixed(request, (String) request.getAttribute(HttpRoutes.PREFIX_ATTRIBUTE)) : request,
                response);
    }

    private static final class Prefixed extends HttpServletRequestWrapper {
        private final String prefix;

        Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getContextPath() {
            return prefix + super.getContextPath();
        }

        @Override
        public String getRequestURI() {
            return prefix + super.getRequestURI();
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            return url.insert(url.length() - super.getRequestURI().length(), prefix);
        }
    }
}
