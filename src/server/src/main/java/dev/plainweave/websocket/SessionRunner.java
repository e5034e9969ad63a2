package dev.plainweave.websocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the handler of one session, and is the one place that catches what comes out of it. Whatever happens to this
 * connection ends here: no other session, no listener and no loop ever hears of it.
 */
final class SessionRunner implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketSession.class);
    /** A chain of causes may be a ring. */
    private static final int MAX_CAUSES = 100;

    private final ServerSession session;
    private final SessionHandler handler;
    private final WebSocketRoutes routes;

    SessionRunner(ServerSession session, SessionHandler handler, WebSocketRoutes routes) {
        this.session = session;
        this.handler = handler;
        this.routes = routes;
    }

    @Override
    public void run() {
        try {
            if (routes.shuttingDown()) {
                session.shutdown(); // opened too late to have been told
            }
            handler.handle(session);
            session.close();
        } catch (Throwable thrown) {
            if (isOwnEnd(thrown)) {
                LOGGER.debug("{}: {}", session, thrown.toString());
            } else {
                handlerFailed(thrown);
            }
        } finally {
            Thread.interrupted(); // the handler's own business; here it would cut the goodbye short
            session.finish();
        }
    }

    /** The client went away, and the handler let the exception that says so pass: the normal end of a session. */
    private boolean isOwnEnd(Throwable thrown) {
        Throwable link = thrown;
        for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
            if (link instanceof DisconnectedException disconnected && disconnected.session() == session) {
                return true;
            }
            link = link.getCause();
        }
        return false;
    }

    /** A defect of the application, or the end of another session that it did not expect: only this session dies. */
    private void handlerFailed(Throwable thrown) {
        routes.stats().handlerFailed();
        session.fail(thrown);
        LOGGER.warn("the handler of {} failed", session, thrown);
    }
}
