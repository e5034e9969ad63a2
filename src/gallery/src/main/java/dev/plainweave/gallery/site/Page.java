package dev.plainweave.gallery.site;

import java.util.List;

/**
 * A page of the site.
 *
 * @param path where it is
 * @param name its file, script and style sheet, without the ending
 * @param title what the browser's tab says
 * @param description what it is, in a sentence
 * @param sources the Java files behind it, the one to begin with first
 */
record Page(String path, String name, String title, String description, List<String> sources) {
    static final List<Page> ALL = List.of(
            new Page(
                    "/",
                    "home",
                    "Plainweave: one connection, one virtual thread",
                    "Live web applications in Java: every connection has a virtual thread of its own, and a client that"
                            + " vanishes is an exception in one handler.",
                    List.of("Routes.java", "Gallery.java")),
            new Page(
                    "/chat",
                    "chat",
                    "Chat · Plainweave",
                    "A chat room in blocking code, that says why people left.",
                    List.of("chat/Chat.java", "chat/ChatRoom.java", "chat/ChatRooms.java")),
            new Page(
                    "/board",
                    "board",
                    "Live board · Plainweave",
                    "Connections and sessions that are open now, and how those that were have ended.",
                    List.of("board/Board.java", "board/Watch.java", "live/Audience.java")),
            new Page(
                    "/storm",
                    "storm",
                    "Storm · Plainweave",
                    "Reset, stall, flood and half-close this server's connections, and watch the neighbours.",
                    List.of(
                            "storm/Storm.java",
                            "storm/Fault.java",
                            "storm/Neighbours.java",
                            "storm/Client.java",
                            "storm/Budget.java")),
            new Page(
                    "/sleep",
                    "sleep",
                    "A handler that sleeps · Plainweave",
                    "Handlers that sleep for ten seconds, beside others that do not care.",
                    List.of("Slow.java", "storm/Neighbours.java")));

    /** The live pages, which are built in Java; here only their files. */
    static final Page LIVE = new Page(
            "/pages",
            "pages",
            "Live pages",
            "Pages whose elements, handlers and questions are Java.",
            List.of("pages/Welcome.java", "pages/Wizard.java", "pages/Dashboard.java"));
}
