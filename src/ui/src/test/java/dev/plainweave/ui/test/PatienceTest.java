package dev.plainweave.ui.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.ui.Plainweave;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PatienceTest {
    @RegisterExtension
    final PageTests pages =
            new PageTests(() -> Plainweave.builder().page("/deep/page", page -> page.label("here for a moment")));

    /** It was taken for a page that sends its user on, to nowhere in particular. */
    @Test
    void whatWasSeenOnceIsSeenHoweverShort() {
        User user = pages.user().open("/deep/page");
        AtomicInteger looks = new AtomicInteger();
        user.until(() -> looks.incrementAndGet() == 1, () -> "never seen");
        assertEquals("/deep/page", user.path());
    }
}
