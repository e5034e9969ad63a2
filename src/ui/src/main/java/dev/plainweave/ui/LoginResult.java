package dev.plainweave.ui;

/** What became of {@link Page#tryLogin}. */
public enum LoginResult {
    /** The visitor is logged in, and on the way to where they wanted to go. */
    LOGGED_IN,
    /** Nobody was found: say no more than that name or password are wrong. */
    REFUSED,
    /** Too many attempts have failed from this address; this one was not even looked at. */
    TOO_MANY
}
