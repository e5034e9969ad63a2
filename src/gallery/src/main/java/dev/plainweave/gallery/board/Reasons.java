package dev.plainweave.gallery.board;

import dev.plainweave.ui.PageEnd;
import dev.plainweave.websocket.End;

/** What the reasons for which something ends mean to a reader, and the class of their colour. */
public final class Reasons {
    private Reasons() {}

    /** Why a session ended. */
    public static String words(End.Reason reason) {
        return switch (reason) {
            case PEER_CLOSED -> "said goodbye";
            case EOF -> "hung up without a goodbye";
            case RESET -> "connection was reset";
            case PING_TIMEOUT -> "stopped answering pings";
            case IDLE_TIMEOUT -> "was silent for too long";
            case READ_TIMEOUT -> "stalled in the middle of a message";
            case WRITE_TIMEOUT -> "stopped reading";
            case SLOW_CONSUMER -> "could not keep up";
            case PROTOCOL_ERROR -> "broke the protocol";
            case TOO_LARGE -> "sent too much at once";
            case SERVER_CLOSED -> "was closed by the server";
            case HANDLER_FAILED -> "its handler failed";
            case SHUTDOWN -> "the server went down";
        };
    }

    /** The class of its colour. */
    public static String kind(End.Reason reason) {
        return switch (reason) {
            case PEER_CLOSED -> "of-good";
            case EOF, RESET -> "of-lost";
            case PING_TIMEOUT, IDLE_TIMEOUT, READ_TIMEOUT, WRITE_TIMEOUT, SLOW_CONSUMER -> "of-slow";
            case PROTOCOL_ERROR, TOO_LARGE, HANDLER_FAILED -> "of-bad";
            case SERVER_CLOSED, SHUTDOWN -> "of-ours";
        };
    }

    /** Why a page ended. */
    public static String words(PageEnd end) {
        return switch (end) {
            case LEFT -> "closed the page";
            case LOST -> "vanished, and did not come back";
            case NEVER_CONNECTED -> "never came to life";
            case LOGGED_OUT -> "logged out";
            case CLOSED -> "was closed by the server";
            case FAILED -> "could not be built";
            case SHUTDOWN -> "the server went down";
        };
    }

    /** The class of its colour. */
    public static String kind(PageEnd end) {
        return switch (end) {
            case LEFT, LOGGED_OUT -> "of-good";
            case LOST -> "of-lost";
            case FAILED -> "of-bad";
            case NEVER_CONNECTED, CLOSED, SHUTDOWN -> "of-ours";
        };
    }
}
