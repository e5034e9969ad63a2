package dev.plainweave.ui;

/** How pages are coloured. */
public enum Theme {
    /** As the visitor's system is: what holds where nothing else was said. */
    SYSTEM,
    /** Dark on light. */
    LIGHT,
    /** Light on dark. */
    DARK
}
