package dev.plainweave.bench.variant;

import dev.plainweave.ui.Label;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.PlainweaveBuilder;
import java.util.concurrent.CountDownLatch;

/** Live pages, built as the guide says, with every default. */
public final class LivePages {
    /** Behind the other arguments of {@link ProductServer}. */
    public static final String OPTION = "--pages";

    /** Before a page's own name. */
    public static final String PATH = "/pages";

    /** A label and a button that counts in it. */
    public static final String COUNTER = "/counter";

    /** The same page with a button whose handler never comes back. */
    public static final String SLEEPER = "/sleeper";

    /** A label, a button, and further labels: so many elements in all. */
    public static final String IDLE = "/idle/";

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private LivePages() {}

    static PlainweaveBuilder builder() {
        return Plainweave.builder()
                .page(PATH + COUNTER, LivePages::counter)
                .page(PATH + SLEEPER, LivePages::sleeper)
                .page(PATH + IDLE + "{elements}", LivePages::idle);
    }

    private static void counter(Page page) {
        int[] clicks = new int[1];
        Label label = page.label("0");
        page.button("Count").onClick(() -> label.text(String.valueOf(++clicks[0])));
    }

    private static void sleeper(Page page) {
        Label label = page.label("awake");
        page.button("Sleep").onClick(() -> {
            label.text("asleep");
            NEVER.await();
        });
    }

    private static void idle(Page page) {
        counter(page);
        for (long element = 2; element < page.request().number("elements"); element++) {
            page.label("This is line " + element);
        }
    }
}
