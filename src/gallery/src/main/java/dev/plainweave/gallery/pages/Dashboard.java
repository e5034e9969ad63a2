package dev.plainweave.gallery.pages;

import dev.plainweave.server.Stats;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Label;
import dev.plainweave.ui.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** This server's own figures, looked at once a second by a timer of the page; only what has changed is sent. */
public final class Dashboard {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Supplier<Stats> stats;

    /** A dashboard of these figures. */
    public Dashboard(Supplier<Stats> stats) {
        this.stats = stats;
    }

    /** Builds the page. */
    public void page(Page page) {
        page.title("Dashboard");
        page.heading("Dashboard");
        page.grid(3, grid -> {
            figure(page, grid, "Connections", now -> Integer.toString(now.connections()));
            figure(
                    page,
                    grid,
                    "Sessions open",
                    now -> Long.toString(now.sessions().openNow()));
            figure(page, grid, "Requests answered", now -> Long.toString(now.requests()));
            figure(page, grid, "Messages received", now -> Long.toString(now.messagesReceived()));
            figure(page, grid, "Messages sent", now -> Long.toString(now.messagesSent()));
            figure(
                    page,
                    grid,
                    "A thread waits for a processor",
                    now -> now.schedulingDelay().toMillis() + " ms");
        });
        var clock = page.label("");
        page.every(PERIOD, () -> clock.text("Seen " + Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        More.below(page, "Dashboard");
    }

    private void figure(Page page, Container in, String name, Function<Stats, String> look) {
        in.card(card -> {
            card.label(name);
            Label value = card.heading(2, look.apply(stats.get()));
            page.every(PERIOD, () -> value.text(look.apply(stats.get())));
        });
    }
}
