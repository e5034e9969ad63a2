package dev.plainweave.gallery.storm;

import dev.plainweave.gallery.live.LiveChart.Band;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.ui.Action;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Button;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Label;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Handlers that sleep, in the two ways there are, beside neighbours that do not care. */
public final class SleepPage {
    private static final int STEPS = 50;
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int SHOWN = 6;
    private static final int KEPT_BANDS = 20;

    private final Storm storm;

    /** A page beside that storm's neighbours. */
    public SleepPage(Storm storm) {
        this.storm = storm;
    }

    /** Builds the page. */
    public void page(Page page) {
        Parts.title(
                page,
                "A handler that sleeps",
                "It sleeps on a virtual thread of its own, for ten seconds, as a slow query or a remote service would."
                        + " The neighbours go on, and so do the other tabs.");
        Block columns = page.block("div").classes("columns");
        Sleepers sleepers = new Sleepers(page, Parts.card(columns, "Asleep"));
        turn(Parts.card(columns, "The turn"));
        Container chart = Parts.card(
                page,
                "Meanwhile, eight neighbours",
                Parts.key("line-1", "p99"),
                Parts.key("line-0", "median latency"),
                Parts.key("band", "you sleep"));
        NeighbourFigures figures =
                new NeighbourFigures(chart, "The neighbours’ latency in milliseconds, over the last minute");
        storm.pulse()
                .watch(
                        page,
                        () -> page.atomically(() -> {
                            figures.show(storm.picture());
                            figures.chart().bands(sleepers.bands());
                        }));
    }

    private static void turn(Container in) {
        in.paragraph(
                "One handler of a page runs at a time. In its own code, Thread.sleep or JDBC, it keeps the turn: the"
                    + " page says that it is busy, and what you click waits. In page.sleep(...) and page.blocking(...)"
                    + " it gives the turn up, and others run meanwhile. Try the counter while each of them sleeps.");
        AtomicInteger clicks = new AtomicInteger();
        in.row(row -> {
            Button count = row.button("Count").secondary();
            Label counted = row.label("0 clicks handled");
            count.onClick(() -> counted.text(clicks.incrementAndGet() + " clicks handled"));
        });
        in.paragraph("Other pages, and other visitors, never wait for either. A handler that computes for ten"
                        + " seconds is another matter: virtual threads are not time-sliced, so page.cpu(...) has"
                        + " threads for that.")
                .classes("fine");
    }

    /** Those who sleep, and slept lately. */
    private static final class Sleepers {
        private final Block list;
        private final Label none;
        private final Deque<Block> shown = new ArrayDeque<>();
        private final List<Band> bands = new CopyOnWriteArrayList<>();
        private final AtomicInteger made = new AtomicInteger();

        Sleepers(Page page, Container in) {
            in.row(row -> {
                row.button("Keep the turn").onClick(() -> sleep("Thread.sleep", () -> Thread.sleep(STEP)));
                row.button("Give it up").secondary().onClick(() -> sleep("page.sleep", () -> page.sleep(STEP)));
            });
            list = in.block("ol").classes("sleepers");
            none = in.label("Nobody sleeps. Start one, or several.").classes("none");
        }

        /** A handler: it sleeps in steps, only so that its bar moves. */
        private void sleep(String how, Action step) throws Exception {
            none.visible(false);
            Block item = list.add(0, new Block("li"));
            shown.addFirst(item);
            if (shown.size() > SHOWN) {
                shown.removeLast().remove();
            }
            item.block("code").text(how);
            Label says = item.label("handler " + made.incrementAndGet() + ", asleep");
            Progress bar = item.progress().max(STEPS);
            Band since = new Band(System.currentTimeMillis(), 0);
            bands.add(since);
            try {
                for (int slept = 0; slept < STEPS; slept++) {
                    step.run();
                    bar.advance();
                }
                says.text("awake");
                item.classes("done");
            } finally {
                bands.remove(since);
                bands.add(new Band(since.from(), System.currentTimeMillis()));
                if (bands.size() > KEPT_BANDS) {
                    bands.removeFirst();
                }
            }
        }

        List<Band> bands() {
            return List.copyOf(bands);
        }
    }
}
