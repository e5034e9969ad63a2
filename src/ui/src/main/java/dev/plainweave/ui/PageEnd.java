package dev.plainweave.ui;

/** Why a page ended. */
public enum PageEnd {
    /** Its tab was closed, reloaded, or went to another page. */
    LEFT,
    /** Its browser was away for longer than a page is kept (2 minutes). */
    LOST,
    /** Its browser never connected (within 30 seconds): a crawler, or a browser without scripts. */
    NEVER_CONNECTED,
    /** Its visitor has logged out, on this or another page; or the login has lasted too long, or was idle for too long. */
    LOGGED_OUT,
    /** The application closed it. */
    CLOSED,
    /** Its page function failed before there was anything to show. */
    FAILED,
    /** The server stops. */
    SHUTDOWN
}
