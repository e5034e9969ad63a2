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

/** Jetty's sessions in memory, but not without a bound: a stranger can make as many as it likes. */
final class BoundedSessions extends SessionHandler {
    private static final long SWEEP_SECONDS = 60;

    private final Sessions settings;
    private final DefaultSessionCache cache = new DefaultSessionCache(this);

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
        super.newSession(request, requestedId, consumer);
    }
}
