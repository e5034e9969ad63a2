package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an element is told to do when it is not there: its caller hears of it, at once or as the answer; never nobody. */
class CommandTargetTest {
    /** A page with elements that go before the browser has been told what they shall do. */
    private static final class Late {
        final AtomicReference<LivePage> live = new AtomicReference<>();
        private final List<String> answered = new CopyOnWriteArrayList<>();

        void page(Page page) {
            live.set((LivePage) page);
            page.button("Too late").onClick(() -> {
                Input field = page.input("Field");
                Gauge gauge = page.add(new Gauge());
                AtomicReference<JsCall> call = new AtomicReference<>();
                page.atomically(() -> {
                    field.focus();
                    field.scrollIntoView();
                    call.set(gauge.method("twice", 1));
                    field.remove();
                    gauge.remove();
                });
                JsCall made = call.get();
                answered.add(String.valueOf(
                        assertThrows(JsException.class, made::await).getMessage()));
                page.label("answered");
            });
        }

        void isHeardOf() {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertEquals(List.of("the element is not there any more"), answered);
                assertEquals(2, live.get().all().ignoredEvents(), "that nobody waits for the other two is counted");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatGoesMeanwhileIsAnswered(IoPolicy io) throws Exception {
        Late late = new Late();
        try (WebServer server = Sites.on(io).page("/", late::page).start(0);
                User user = new User(server)) {
            user.open("/").find("Too late").click();
            user.shouldSee("answered");
            late.isHeardOf();
        }
    }

    @Nested
    class InABrowser extends BrowserCase {
        @Test
        void whatGoesMeanwhileIsAnsweredAndWhatIsThereDoesIt() throws Exception {
            Late late = new Late();
            with(Sites.one().page("/", late::page), server -> {
                browser.open(server.uri().toString());
                live();
                browser.find("button").click();
                see("answered");
                late.isHeardOf();
                late.live.get().input("Here").focus().scrollIntoView();
                until("INPUT", "document.activeElement.tagName");
                assertEquals(2, late.live.get().all().ignoredEvents(), "what could be done is not answered");
            });
        }
    }

    private static void refused(List<Element<?>> elements, Function<Element<?>, String> said) {
        for (Element<?> element : elements) {
            refused(said.apply(element), element::focus);
            refused(said.apply(element), element::scrollIntoView);
            if (element instanceof Gauge gauge) {
                refused(said.apply(element), () -> gauge.method("twice", 1));
            }
        }
    }

    private static void refused(String said, Executable call) {
        assertEquals(said, assertThrows(IllegalStateException.class, call).getMessage());
    }

    @Test
    void whatWasRemovedOrNeverShownIsToldAtOnce() {
        try (Pages pages = new Pages(PageLimits.DEFAULT, (page, error, failure) -> {})) {
            PageRequest request = new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1");
            LivePage page = pages.open(request, "visitor");
            refused(
                    List.of(new Label("p", "text"), new Input("Field"), new Gauge()),
                    element -> "this element is in no page yet: add it to a container first");
            Column column = page.column();
            List<Element<?>> gone =
                    List.of(column.label("text"), column.input("Field"), column.add(new Gauge()), column);
            column.remove();
            refused(gone, element -> element + " is not in its page any more: it was removed");
        }
    }
}
