package dev.plainweave.ui;

import java.security.Principal;

/** That a browser is logged in: from the login to the logout, or until it has lasted or been idle for too long. */
final class LoginSession {
    final Principal principal;
    private final LoginLimits limits;
    private final long since = System.nanoTime();
    private volatile long used = since;
    private volatile boolean ended;

    LoginSession(Principal principal, LoginLimits limits) {
        this.principal = principal;
        this.limits = limits;
    }

    /** Something is done with it. */
    void used() {
        used = System.nanoTime();
    }

    void end() {
        ended = true;
    }

    boolean isOver() {
        long now = System.nanoTime();
        return ended
                || now - used >= limits.idle().toNanos()
                || now - since >= limits.lifetime().toNanos();
    }
}
