package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which language a page is in, and names that links lead to. */
class LanguageAndAnchorsTest {
    private static String html(PlainweaveBuilder site, PageFunction page) throws Exception {
        try (WebServer server = site.page("/", page).start(0);
                User user = new User(server)) {
            return user.visit("/").html();
        }
    }

    private static void speaks(String language, String html) {
        assertTrue(html.startsWith("<!doctype html>\n<html lang=\"" + language + "\">"), html);
    }

    @Test
    void aPageIsInTheLanguageItSaysOrElseInTheApplications() throws Exception {
        speaks("en", html(Sites.one(), page -> page.label("words")));
        speaks("de", html(Sites.one().language("de"), page -> page.label("Worte")));
        speaks(
                "pt-BR",
                html(
                        Sites.one().language("de"),
                        page -> page.within(page.column()).language("pt-br")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deutsch sprache", "d", "de_DE", "\"><script>", "und"})
    void whatIsNoLanguageIsRefused(String tag) {
        assertThrows(IllegalArgumentException.class, () -> Sites.one().language(tag));
    }

    @Test
    void anElementHasAName() throws Exception {
        AtomicReference<Label> heading = new AtomicReference<>();
        String html = html(Sites.one(), page -> {
            heading.set(page.heading(2, "Prices").id("old").id("prices"));
            page.input("Name").id("name");
            assertThrows(
                    IllegalArgumentException.class, () -> page.label("twice").id("prices"));
            heading.get().id("prices");
            page.label("free again").id("old");
        });
        assertTrue(html.contains("<h2 id=\"prices\" data-id=\"w2\">Prices</h2>"), html);
        assertTrue(html.contains("<label id=\"w4\" for=\"w5\""), html);
        assertEquals(1, html.split("id=\"prices\"", -1).length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "w1", "w", "1a", "a b", "a\"b", "#a", "-a", "ä"})
    void aNameIsChecked(String name) {
        Label label = new Label("div", "x");
        if (name.equals("w")) {
            label.id(name);
            assertEquals(name, label.node.get(Node.ID));
        } else {
            assertThrows(IllegalArgumentException.class, () -> label.id(name));
        }
        assertThrows(IllegalArgumentException.class, () -> label.id("a".repeat(101)));
        label.id("a".repeat(100));
    }
}
