package dev.plainweave.gallery.storm;

import dev.plainweave.gallery.board.EndsList;
import dev.plainweave.gallery.board.Watch;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Button;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Label;
import dev.plainweave.ui.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Storms to order, what their neighbours notice, and how each of their clients ended. */
public final class StormPage {
    private static final List<Integer> NUMBERS = List.of(1, 5, 20, 50);
    private static final int FIRST = 20;
    /** A visitor's orders are taken at this pace. */
    private static final Duration PACE = Duration.ofMillis(300);

    private final Storm storm;
    private final Watch watch;
    private final IoPolicy io;

    /** A page for that storm. */
    public StormPage(Storm storm, Watch watch, IoPolicy io) {
        this.storm = storm;
        this.watch = watch;
        this.io = io;
    }

    /** Builds the page. */
    public void page(Page page) {
        Parts.title(
                page,
                "Make a storm",
                "The server opens clients to itself and lets them go wrong. Eight calm neighbours send an echo and"
                        + " wait for it, all the time. Watch whether they notice.");
        Container chart = Parts.card(
                page,
                "The neighbours’ latency",
                Parts.key("line-1", "p99"),
                Parts.key("line-0", "median, each second"));
        NeighbourFigures figures = new NeighbourFigures(
                chart, "The neighbours’ latency in milliseconds, over the last" + " minute, with the storms marked");
        Block columns = page.block("div").classes("columns");
        Orders orders = new Orders(page, Parts.card(columns, "Send clients that"));
        EndsList ends = new EndsList(
                Parts.card(columns, "How they ended"),
                "No storm yet.",
                "Each session of a storm client appears here as it ends, with the reason that its handler is given.");
        honestly(page);
        storm.pulse().watch(page, () -> {
            Storm.Picture picture = storm.picture();
            page.atomically(() -> {
                figures.show(picture);
                orders.atWork.text(
                        picture.clients() == 0
                                ? "none at work, " + Budget.AT_ONCE + " at most"
                                : picture.clients() + " of " + Budget.AT_ONCE + " at work");
            });
        });
        watch.pulse().watch(page, () -> ends.show(watch.ended("/victim/")));
    }

    /** What a visitor may order. */
    private final class Orders {
        private final List<Button> numbers = new ArrayList<>();
        private final Label refused;
        private final Label atWork;
        private int clients = FIRST;

        Orders(Page page, Container in) {
            atWork = in.label("").classes("fine");
            storm.forbidden().ifPresent(why -> in.label(why).classes("problem"));
            in.row(row -> {
                row.classes("many").label("How many");
                for (int number : NUMBERS) {
                    numbers.add(row.button(Integer.toString(number)).secondary().onClick(() -> choose(number)));
                }
            });
            choose(FIRST);
            Block faults = in.block("div").classes("orders");
            order(page, faults, Fault.RESET, "Reset", "say hello, then break the connection:", resetEnds());
            order(page, faults, Fault.HALF_CLOSE, "Half-close", "close their side without a goodbye:", "EOF");
            order(
                    page,
                    faults,
                    Fault.STALL,
                    "Stall",
                    "send half of a message and nothing more. After 3 s:",
                    "READ_TIMEOUT");
            order(
                    page,
                    faults,
                    Fault.FLOOD,
                    "Flood",
                    "send without end, and read no answer. After 3 s:",
                    "WRITE_TIMEOUT");
            refused = in.label("").classes("problem").attribute("role", "alert").visible(false);
            in.label("At most " + Budget.AT_ONCE + " at once and " + Budget.PER_MINUTE + " a minute, over all visitors."
                            + " None lives for more than 12 seconds.")
                    .classes("fine");
        }

        private String resetEnds() {
            return io == IoPolicy.BLOCKING ? "RESET" : "EOF (RESET on blocking IO)";
        }

        private void choose(int number) {
            clients = number;
            for (int index = 0; index < numbers.size(); index++) {
                numbers.get(index).attribute("aria-pressed", Boolean.toString(NUMBERS.get(index) == number));
            }
        }

        private void order(Page page, Block in, Fault fault, String name, String does, String ends) {
            in.block("div", choice -> {
                choice.classes("order");
                choice.button(name)
                        .secondary()
                        .enabled(storm.forbidden().isEmpty())
                        .onClick(() -> {
                            String why = storm.order(fault, clients).orElse("");
                            refused.text(why).visible(!why.isEmpty());
                            page.sleep(PACE);
                        });
                choice.block("p", says -> {
                    says.block("span").text(does + " ");
                    says.block("code").text(ends);
                });
            });
        }
    }

    private static void honestly(Page page) {
        page.block("section", notes -> {
            notes.classes("notes").heading(2, "What you see, honestly");
            notes.block("ul", list -> {
                list.block("li")
                        .text("Neighbours, storm clients and server share one process and its processors, so a storm"
                                + " costs the neighbours what it costs in computing: a flood lifts p99 while it is"
                                + " being taken in. What it must not do is hold one of them up, or cost an echo.");
                list.block("li")
                        .text("An echo that has not come back when its second ends is counted with the time it has"
                                + " waited so far: nothing hides in a gap.");
                list.block("li")
                        .text("The victims’ handler is the neighbours’ handler: while (true)"
                                + " session.send(session.receive());");
            });
        });
    }
}
