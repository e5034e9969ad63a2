package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong with values, and when that is said. */
class ValidationTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final PageTests pages = Sites.tested(site -> site.page("/", this::form));

    private void form(Page page) {
        Input name = page.input("Name").required("Who are you?").help("As in your passport");
        NumberField<Integer> from = page.integer("From");
        NumberField<Integer> to = page.integer("To").dependsOn(from);
        to.validate(end -> end.isPresent()
                        && from.value().filter(start -> start > end.get()).isPresent()
                ? Optional.of("Ends before it begins.")
                : Optional.empty());
        Input late = page.input("Late").validateOnCommit().validate(text -> text.length() > 3, "Too short.");
        Checkbox agreed = page.checkbox("Agreed").required("Please agree.");
        Select<String> colour = page.select("Colour", List.of("red", "blue")).required("Which one?");
        page.button("Send").onClick(() -> heard.add("sent " + Field.check(name, to, late, agreed, colour)));
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndTheFirstHasTheFocus() {
        User user = pages.user().open("/");
        user.find("Send").click();
        user.shouldSee("Who are you?")
                .shouldSee("Please agree.")
                .shouldSee("Which one?")
                .shouldSee("Too short.");
        user.settle();
        assertEquals(List.of("sent false"), heard);
        assertEquals("true", user.find("Name").attribute("aria-invalid"));
        assertEquals("true", user.find("Name").attribute("aria-required"));
        user.find("Name").type("Ada");
        user.find("Late").type("long enough");
        user.find("Agreed").tick(true);
        user.find("Colour").choose("blue");
        user.shouldNotSee("Which one?")
                .shouldNotSee("Please agree.")
                .find("Send")
                .click();
        user.settle();
        assertEquals(List.of("sent false", "sent true"), heard);
        user.shouldNotSee("Who are you?").shouldNotSee("Too short.");
    }

    @Test
    void whatIsWrongWithTwoTogetherIsSaidWhicheverChanges() {
        User user = pages.user().open("/");
        user.find("To").type("5");
        user.find("From").type("9");
        user.shouldSee("Ends before it begins.");
        user.find("From").type("4");
        user.shouldNotSee("Ends before it begins.");
    }

    @Test
    void whoIsStillTypingIsLeftInPeace() {
        User user = pages.user().open("/");
        user.find("Late").typeOn("ab");
        user.settle().shouldNotSee("Too short.");
        user.find("Late").type("ab");
        user.shouldSee("Too short.");
        user.find("Late").typeOn("abc");
        user.shouldNotSee("Too short.");
    }

    @Test
    void theHelpIsReadUntilThereIsAComplaint() {
        User user = pages.user().open("/");
        String help = user.find("Name").attribute("aria-describedby");
        assertTrue(user.html().contains("id=\"" + help + "\" class=\"form-text\">As in your passport"), user.html());
        user.find("Send").click();
        user.shouldSee("Who are you?");
        assertTrue(!user.find("Name").attribute("aria-describedby").equals(help));
        user.find("Name").type("Ada");
        user.shouldNotSee("Who are you?");
        user.settle();
        assertEquals(help, user.find("Name").attribute("aria-describedby"));
    }
}
