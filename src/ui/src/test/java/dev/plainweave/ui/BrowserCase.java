package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests in a real browser begin with, and what they say. */
abstract class BrowserCase {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The address of the runtime's module with the connection: a test may look into it. */
    static final String SOCKET_MODULE = "document.querySelector('link[href$=\"/socket.js\"]').href";

    Browser browser;

    @BeforeEach
    void openBrowser() throws Exception {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    interface Story {
        void tell(WebServer server) throws Exception;
    }

    interface CutStory {
        void tell(WebServer server, Cutter cutter) throws Exception;
    }

    /** The browser leaves before the server stops, so that nothing complains of that. */
    final void with(PlainweaveBuilder site, Story story) throws Exception {
        with(site, 0, story);
    }

    /** On that port. */
    final void with(PlainweaveBuilder site, int port, Story story) throws Exception {
        try (WebServer server = site.start(port)) {
            browser.screen(1200, 900, "light");
            try {
                story.tell(server);
            } finally {
                browser.leave();
            }
        }
    }

    /** Through a proxy that cuts, with the page open. */
    final void through(PageFunction page, CutStory story) throws Exception {
        // Also of a part of the runtime that was on its way: it is asked for again.
        browser.expect(complaint -> complaint.contains("WebSocket connection to")
                || complaint.contains("net::ERR_CONNECTION_REFUSED")
                || (complaint.contains("/_plainweave/") && complaint.contains("net::ERR_CONNECTION_RESET")));
        with(Sites.one().page("/", page), server -> {
            try (Cutter cutter = new Cutter(server.port())) {
                browser.open("http://127.0.0.1:" + cutter.port() + "/");
                live();
                try {
                    story.tell(server, cutter);
                } finally {
                    browser.leave();
                }
            }
        });
    }

    final void live() {
        state("live");
    }

    final void state(String state) {
        await().atMost(PATIENCE).until(() -> browser.state().equals(state));
    }

    final void see(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertTrue(browser.text().contains(text), browser.text()));
    }

    /** Waits until an expression of JavaScript has that value. */
    final void until(Object value, String expression) {
        await(expression).atMost(PATIENCE).until(() -> value.equals(browser.run("return " + expression)));
    }

    /** The value of the first field. */
    final String typed() {
        return String.valueOf(browser.run("return document.querySelector('main :is(input, textarea)').value"));
    }
}
