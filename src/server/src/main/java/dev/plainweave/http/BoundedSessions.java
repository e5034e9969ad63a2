package dev.plainweave.http;

import jakarta.servlet.SessionTrackingMode;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionManager;
import org.jspecify.annotations.Nullable;

/** Jetty's sessions in memory, but not without a bound: a stranger can make as many as it likes. */
final class BoundedSessions extends SessionHandler {
    private static final long SWEEP_SECONDS = 60;

    private final Sessions settings;
    private final DefaultSessionCache cache = new DefaultSessionCache(this) {
        @Override
        public ManagedSession newSession(SessionData data) {
            return new Kept(BoundedSessions.this, data);
        }
    };

    BoundedSessions(Sessions settings) {
        this.settings = settings;
        cache.setSessionDataStore(new NullSessionDataStore());
        setSessionCache(cache);
        setMaxInactiveInterval(Math.toIntExact(settings.maxInactive().toSeconds()));
        setSessionCookie(settings.cookie());
        setHttpOnly(true);
        setSameSite(HttpCookie.SameSite.LAX);
        setSecureRequestOnly(true);
        setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE)); // never in a URL, which is logged and shared
    }

    @Override
    public void doStart() throws Exception {
        super.doStart();
        getSessionIdManager().getSessionHouseKeeper().setIntervalSec(SWEEP_SECONDS);
    }

    @Override
    public void newSession(Request request, String requestedId, Consumer<ManagedSession> consumer) {
        if (cache.getSessionsCurrent() >= settings.max()) {
            throw new HttpError(503, "this server has as many sessions as it may have");
        }
        super.newSession(request, requestedId, session -> {
            if (session instanceof Kept kept
                    && request.getAttribute(HttpRoutes.PREFIX_ATTRIBUTE) instanceof String prefix) {
                kept.prefix = prefix;
            }
            consumer.accept(session);
        });
    }

    /** The cookie is for the path that the browser knows. */
    @Override
    public @Nullable HttpCookie getSessionCookie(ManagedSession session, boolean secure) {
        HttpCookie cookie = super.getSessionCookie(session, secure);
        return cookie != null && session instanceof Kept kept && !kept.prefix.isEmpty()
                ? HttpCookie.build(cookie).path(kept.prefix + cookie.getPath()).build()
                : cookie;
    }

    /** A session that knows which path a proxy took off the request that began it. */
    private static final class Kept extends ManagedSession {
        private volatile String prefix = "";

        Kept(SessionManager manager, SessionData data) {
            super(manager, data);
        }
    }
}
