package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What counts: characters below a text, percent above a bar. */
class CountsTest {
    private final AtomicReference<PageFunction> function = new AtomicReference<>();

    @RegisterExtension
    final PageTests pages =
            Sites.tested(site -> site.page("/", page -> function.get().build(page)));

    private User show(PageFunction page) {
        function.set(page);
        return pages.user().open("/");
    }

    @Test
    void aTextIsCounted() {
        AtomicReference<Input> input = new AtomicReference<>();
        User user = show(page -> input.set(page.input("Name")
                .help("As in your passport")
                .maxLength(20)
                .counter()
                .validate(text -> !text.equals("x"), "Not that.")));
        user.shouldSee("0 / 20");
        user.find("Name").type("Ada");
        user.shouldSee("3 / 20").shouldNotSee("left");
        assertEquals("true", user.find("3 / 20").attribute("aria-hidden"));
        user.find("Name").type("x".repeat(18));
        user.shouldSee("2 characters left");
        assertEquals("polite", user.find("2 characters left").attribute("aria-live"));
        user.find("Name").type("x".repeat(25));
        user.shouldSee("20 / 20").shouldSee("0 characters left");
        user.settle(); // five more were typed, and each says 20 again
        input.get().value("x".repeat(19));
        user.shouldSee("1 character left");
        input.get().maxLength(1_000);
        user.shouldSee("19 / 1,000").shouldNotSee("left");
        user.find("Name").type("x");
        user.shouldSee("Not that.");
        int counter = user.html().indexOf("pw-counter");
        assertTrue(user.html().indexOf("passport") < counter && counter > 0, user.html());
    }

    @Test
    void aBarSaysInWordsAndFiguresHowFar() {
        AtomicReference<Progress> bar = new AtomicReference<>();
        User user = show(page -> bar.set(page.progress(3).percent().caption("Copying")));
        assertEquals("progressbar", user.find("Copying").role());
        assertTrue(user.html().contains("class=\"pw-percent\" aria-hidden=\"true\">0%</span><progress"), user.html());
        bar.get().value(2.9999);
        user.shouldSee("99%");
        bar.get().advance();
        user.shouldSee("100%");
        bar.get().value(-1);
        user.shouldSee("0%");
        bar.get().indeterminate();
        user.shouldNotSee("%");
        bar.get().caption("");
        user.find("Progress");
    }
}
