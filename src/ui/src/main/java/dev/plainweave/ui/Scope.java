package dev.plainweave.ui;

/** Whose a {@link Storage} is. */
public enum Scope {
    /**
     * One tab's: it outlives reloads and ways from page to page, and is kept for half an hour when the tab is closed. In
     * memory only. A duplicated tab begins with a copy. Which tab it is is known when its browser has connected: asking
     * for it waits for that, as for a user, and shows what there is meanwhile.
     */
    TAB,
    /**
     * One browser's, over all its tabs and visits, known by a cookie; whoever uses that browser. What belongs to a person
     * belongs into {@link #USER}.
     */
    VISITOR,
    /** That of who is logged in, by the name of the principal, on whatever machine. */
    USER,
    /** The application's, shared by all. */
    APPLICATION
}
