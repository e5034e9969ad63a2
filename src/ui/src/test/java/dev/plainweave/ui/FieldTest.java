package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has a value: typed, chosen, ticked, checked and bound. */
class FieldTest {
    private final Property<String> shared = Property.of("first");
    private final Event<String> said = new Event<>();
    private final CountDownLatch slowCheck = new CountDownLatch(1);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Select<LocalDate>> selects = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final PageTests pages = Sites.tested(site -> site.page("/text", this::text)
            .page("/number", this::number)
            .page("/choice", this::choice)
            .page("/checked", this::checked)
            .page("/bound", this::bound)
            .page(
                    "/failing",
                    page -> page.button("Fail").onClick(() -> {
                        throw new IllegalStateException("as the test wants it");
                    })));

    private void text(Page page) {
        page.input("Name")
                .maxLength(5)
                .normalize(typed -> typed.toUpperCase(Locale.ROOT))
                .onChange(change -> heard.add(change.before() + ">" + change.value()))
                .onCommit(value -> heard.add("committed " + value))
                .onEnter(() -> heard.add("enter"));
    }

    private void number(Page page) {
        Label label = page.label("");
        NumberField<BigDecimal> number = page.number("Amount", 1).range(0, 10);
        number.onChange(change ->
                label.text("= " + change.value().map(BigDecimal::toString).orElse("nothing")));
        page.button("Check").onClick(() -> heard.add("check " + number.check()));
    }

    private void choice(Page page) {
        List<LocalDate> days = List.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 2));
        Select<LocalDate> select = page.select("Day", days, day -> day.getDayOfMonth() + " January");
        selects.add(select);
        select.onChange(change -> heard.add(String.valueOf(change.value())));
        page.checkbox("Box").onChange(change -> heard.add("box " + change.value()));
    }

    private void checked(Page page) {
        page.input("Login").validate(login -> {
            if (login.equals("slo")) {
                slowCheck.await();
                return Optional.of("too late");
            }
            return login.equals("taken") ? Optional.of("is taken") : Optional.empty();
        });
    }

    private void bound(Page page) {
        page.input("Text").bind(shared);
        page.label("").bind(shared);
        Log log = page.log().max(2);
        said.listen(page, log::push);
    }

    @Test
    void textIsHeardAsItIsTypedAndNormalized() {
        User user = pages.user();
        user.open("/text").find("Name").type("ab").enter();
        user.settle();
        assertEquals(List.of(">A", "A>AB", "committed AB", "enter"), heard);
        assertEquals("AB", user.find("Name").text());
        user.find("Name").type("abcdefgh");
        user.settle().shouldSee("ABCDE");
        assertEquals("ABCDE", user.find("Name").text());
    }

    @Test
    void aNumberIsExactAndWhatIsNoneIsSaid() {
        User user = pages.user();
        user.open("/number").shouldSee("1").find("Amount").type("2.50");
        user.shouldSee("= 2.50");
        assertEquals("2.50", user.find("Amount").text(), "what is typed stays");
        user.find("Amount").type("2,5");
        user.shouldSee("= 2.5");
        user.find("Amount").type("nonsense");
        user.shouldSee("Please enter a number.").find("Check").click();
        user.find("Amount").type("11");
        user.shouldSee("Please enter a number from 0 to 10.").find("Check").click();
        user.find("Amount").type("");
        user.shouldSee("= nothing").shouldNotSee("Please enter").find("Check").click();
        user.settle();
        assertEquals(List.of("check false", "check false", "check true"), heard);
        user.find("Amount").type("1e999999999");
        user.shouldSee("Please enter a number.");
    }

    @Test
    void aChoiceIsAValueOfJavaWhateverTheOrderOfTheOptions() {
        User user = pages.user();
        user.open("/choice").find("Day").choose("2 January");
        user.settle();
        user.find("Box").tick(true);
        user.settle();
        assertEquals(List.of("Optional[2026-01-02]", "box true"), heard);
        Select<LocalDate> select = selects.getFirst();
        select.options(List.of(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 3)));
        assertEquals(Optional.of(LocalDate.of(2026, 1, 2)), select.value());
        user.shouldSee("3 January").find("Day").choose("3 January");
        user.settle();
        assertEquals(Optional.of(LocalDate.of(2026, 1, 3)), select.value());
        select.options(List.of());
        assertEquals(Optional.empty(), select.value());
        assertThrows(IllegalArgumentException.class, () -> select.choose(LocalDate.EPOCH));
    }

    @Test
    void theNewestInputWinsOverASlowCheck() {
        User user = pages.user();
        user.open("/checked").find("Login").type("slo");
        user.find("Login").type("taken");
        user.shouldSee("is taken");
        slowCheck.countDown();
        user.settle().shouldSee("is taken").shouldNotSee("too late");
        user.find("Login").type("free");
        user.shouldNotSee("is taken");
    }

    @Test
    void whatIsBoundIsTheSameOnAllPagesUntilTheyEnd() {
        User one = pages.user();
        User two = pages.user();
        one.open("/bound").shouldSee("first");
        two.open("/bound").find("Text").type("second");
        one.shouldSee("second");
        assertEquals("second", shared.value());
        said.publish("a\nb");
        said.publish("c");
        one.shouldSee("b").shouldSee("c").shouldNotSee("a");
        two.shouldSee("c");
        assertEquals(2, said.listeners());
        two.leave();
        await().atMost(java.time.Duration.ofSeconds(15)).until(() -> said.listeners() == 1);
    }

    @Test
    void theKitFailsATestWhoseHandlerFailsUnlessThatIsExpected() {
        List<Throwable> failures = new ArrayList<>(pages.expectFailures());
        assertTrue(failures.isEmpty());
        User user = pages.user();
        user.open("/failing").find("Fail").click();
        user.shouldSee("Something went wrong.");
        assertEquals(1, pages.expectFailures().size());
        AssertionError said = assertThrows(AssertionError.class, () -> user.find("Nobody"));
        assertTrue(String.valueOf(said.getMessage()).contains("button#2"), "the tree is in the message");
    }
}
