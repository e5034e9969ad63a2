package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Elements that go elsewhere: no browser can put one into what it still contains. */
class MoveTest {
    private record Boxes(Page page, Column outer, Column inner, Column late) {
        static Boxes on(Page page) {
            Column outer = page.column();
            outer.label("outer");
            Column inner = outer.column();
            inner.label("inner");
            Column late = page.column();
            late.label("late");
            return new Boxes(page, outer, inner, late);
        }

        void turnInsideOut() {
            page.atomically(() -> {
                inner.classes("was-first"); // it changes before what it goes to
                inner.moveTo(late, 1);
                outer.moveTo(inner, 1);
                page.label("moved");
            });
        }
    }

    private final AtomicReference<Boxes> boxes = new AtomicReference<>();

    @RegisterExtension
    final PageTests pages = Sites.tested(site -> site.page("/", page -> boxes.set(Boxes.on(page))));

    private static void seesItInsideOut(User user) {
        user.shouldSee("moved");
        assertTrue(user.toString().matches("(?s).*late.*inner.*outer.*"), user.toString());
    }

    @Test
    void twoElementsChangePlacesInOneFrame() {
        User user = pages.user().open("/");
        boxes.get().turnInsideOut();
        seesItInsideOut(user);
    }

    @Test
    void twoElementsHaveChangedPlacesWhileTheBrowserWasAway() {
        User user = pages.user().open("/").disconnect();
        boxes.get().turnInsideOut();
        seesItInsideOut(user.reconnect());
    }
}
