package dev.plainweave.server;

import dev.plainweave.access.Authenticator;
import dev.plainweave.access.SignInPage;
import dev.plainweave.http.HttpRoutes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.session.AbstractSessionManager;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One door for routes, files, servlets, events, native sockets and Jakarta endpoints: who is it, and may they? */
final class AccessGuard extends Handler.Wrapper {
    private static final Logger LOGGER = LoggerFactory.getLogger(AccessGuard.class);

    private final Authenticator authenticator;
    private final AccessRules rules;
    private final String basePath;
    private final Supplier<? extends @Nullable AbstractSessionManager> sessions;

    /**
     * @param basePath empty, or what every path of the application begins with
     */
    AccessGuard(
            Authenticator authenticator,
            AccessRules rules,
            String basePath,
            Supplier<? extends @Nullable AbstractSessionManager> sessions) {
        this.authenticator = authenticator;
        this.rules = rules;
        this.basePath = basePath;
        this.sessions = sessions;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = path(request);
        String decoded = URIUtil.decodePath(path);
        int refusal;
        try {
            Optional<? extends Principal> principal =
                    authenticator.authenticate(new RequestCaller(request, decoded, sessions));
            principal.ifPresent(known -> Request.setAuthenticationState(request, new SignedIn(known)));
            List<Predicate<? super Principal>> required = isOpen(path, decoded) ? List.of() : rules.of(path, decoded);
            request.setAttribute(Authenticator.REQUIRED_ATTRIBUTE, required);
            refusal = refusal(required, principal);
        } catch (HttpException.RuntimeException malformed) {
            StrictHttp.refuse(response, callback, malformed.getCode());
            return true;
        } catch (Exception failed) {
            // No header, no query: they hold what nobody may read.
            LOGGER.warn("the authenticator failed for {} {}", request.getMethod(), printable(decoded), failed);
            refusal = HttpStatus.INTERNAL_SERVER_ERROR_500;
        }
        if (refusal == HttpStatus.OK_200) {
            return super.handle(request, response, callback);
        }
        if (refusal == HttpStatus.UNAUTHORIZED_401) {
            Optional<String> page =
                    authenticator.signIn().filter(any -> navigates(request)).map(to -> address(to, request));
            if (page.isPresent()) {
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
                Response.sendRedirect(request, response, callback, HttpStatus.SEE_OTHER_303, page.get(), true);
                return true;
            }
            List<String> challenges = authenticator.challenges();
            (challenges.isEmpty() ? List.of("Custom") : challenges)
                    .forEach(challenge -> response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, challenge));
        }
        if (refusal == HttpStatus.FORBIDDEN_403 && navigates(request)) {
            Optional<String> instead = authenticator.signIn().flatMap(SignInPage::forbidden);
            if (instead.isPresent()) {
                // Another path altogether: nothing behind this door can take it for the one that was asked for.
                HttpURI other = HttpURI.build(request.getHttpURI()).pathQuery(basePath + instead.get());
                return super.handle(Request.serveAs(request, other), response, callback);
            }
        }
        Response.writeError(request, response, callback, refusal);
        return true;
    }

    /** Both spellings have to be open: no matcher behind this one reads more into a path than the two say. */
    private boolean isOpen(String path, String decoded) {
        Optional<SignInPage> page = authenticator.signIn();
        return page.isPresent() && page.get().isOpen(path) && page.get().isOpen(decoded);
    }

    /** Whether that is a browser which shows what it gets as a page. */
    private static boolean navigates(Request request) {
        String mode = request.getHeaders().get("Sec-Fetch-Mode");
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && !request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")
                && (mode == null || mode.equals("navigate"))
                && request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).contains("text/html");
    }

    /** The sign-in page, with where the visitor wanted to go. */
    private String address(SignInPage page, Request request) {
        String asked = Objects.requireNonNullElse(request.getHttpURI().getPathQuery(), "/");
        String wanted = asked.startsWith(basePath + "/") ? asked.substring(basePath.length()) : "/";
        String prefix = Objects.toString(request.getAttribute(HttpRoutes.PREFIX_ATTRIBUTE), "");
        return prefix + basePath + page.path() + "?" + page.parameter() + "="
                + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    private static String printable(String path) {
        return path.replaceAll("[\\p{C}\\p{Z}]", "?");
    }

    /** The path below the base path, as Jetty has made it canonical for whoever matches it next. */
    private String path(Request request) {
        String path = Request.getPathInContext(request);
        return path.equals(basePath) ? "/" : path.startsWith(basePath + "/") ? path.substring(basePath.length()) : path;
    }

    private static int refusal(List<Predicate<? super Principal>> required, Optional<? extends Principal> principal) {
        if (required.isEmpty()) {
            return HttpStatus.OK_200;
        }
        if (principal.isEmpty()) {
            return HttpStatus.UNAUTHORIZED_401;
        }
        return required.stream().allMatch(allowed -> allowed.test(principal.get()))
                ? HttpStatus.OK_200
                : HttpStatus.FORBIDDEN_403;
    }
}
