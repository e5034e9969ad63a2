package dev.plainweave.server;

import dev.plainweave.access.Caller;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.session.AbstractSessionManager;
import org.eclipse.jetty.session.ManagedSession;
import org.jspecify.annotations.Nullable;

/** A request as an authenticator sees it, before servlets do. */
final class RequestCaller implements Caller {
    private final Request request;
    private final String path;
    private final Supplier<? extends @Nullable AbstractSessionManager> sessions;

    /**
     * @param sessions where HTTP sessions are kept, null where there are none
     */
    RequestCaller(Request request, String path, Supplier<? extends @Nullable AbstractSessionManager> sessions) {
        this.request = request;
        this.path = path;
        this.sessions = sessions;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    @Override
    public Optional<String> cookie(String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    @Override
    public Optional<String> query(String name) {
        try {
            return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
        } catch (RuntimeException malformed) {
            throw new HttpException.RuntimeException(
                    HttpStatus.BAD_REQUEST_400, "the query is not UTF-8, percent-encoded", malformed);
        }
    }

    @Override
    public Optional<Object> sessionAttribute(String name) {
        AbstractSessionManager manager = sessions.get();
        String cookie = manager == null ? null : manager.getSessionCookie();
        return cookie == null ? Optional.empty() : cookie(cookie).flatMap(id -> attribute(manager, id, name));
    }

    private static Optional<Object> attribute(AbstractSessionManager manager, String id, String name) {
        ManagedSession session = manager.getManagedSession(id);
        if (session == null) {
            return Optional.empty();
        }
        try {
            return session.isValid() ? Optional.ofNullable(session.getAttribute(name)) : Optional.empty();
        } finally {
            release(manager, session);
        }
    }

    /** Being looked up counts as being used, until it is told. */
    private static void release(AbstractSessionManager manager, ManagedSession session) {
        try {
            manager.getSessionCache().release(session);
        } catch (Exception failed) {
            throw new IllegalStateException("an HTTP session could not be put back", failed);
        }
    }

    @Override
    public SocketAddress remote() {
        return request.getConnectionMetaData().getRemoteSocketAddress();
    }

    @Override
    public boolean secure() {
        return request.isSecure();
    }
}
