package dev.plainweave.gallery.site;

import dev.plainweave.gallery.board.Reasons;
import dev.plainweave.gallery.board.Watch;
import dev.plainweave.gallery.examples.HelloExample;
import dev.plainweave.server.Stats;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Page;
import dev.plainweave.websocket.End;
import java.util.ArrayList;
import java.util.List;

/** What Plainweave is, in half a minute. */
public final class HomePage {
    private final Watch watch;

    /** A page over what is watched. */
    public HomePage(Watch watch) {
        this.watch = watch;
    }

    /** Builds the page. */
    public void page(Page page) {
        hero(page);
        strip(page);
        steps(page);
        tries(page);
        commands(page);
    }

    private static void hero(Page page) {
        page.block("section", hero -> {
            hero.classes("hero");
            hero.block("div", pitch -> {
                pitch.block("p").classes("eyebrow").text("Live web applications in Java");
                pitch.block("h1", title -> {
                    title.block("span").text("Ask the user. ");
                    title.block("em").text("Wait for the answer.");
                });
                pitch.block("p")
                        .classes("lead")
                        .text("A page is a tree of elements on the server, a handler is plain blocking Java on a"
                                + " virtual thread of its own. When a browser vanishes, one handler hears of it."
                                + " Nobody else does.");
                pitch.block("p", actions -> {
                    actions.classes("actions");
                    actions.link("See the elements", "/elements").classes("btn btn-primary");
                    actions.link("Make a storm", "/storm").classes("btn btn-outline-secondary");
                });
            });
            hero.block("figure", figure -> {
                figure.classes("code");
                figure.block("figcaption").text("HelloExample.java, whole, and running below");
                Code.java(figure, Sources.alone("examples/HelloExample.java"));
                HelloExample.page(page.within(figure.block("div").classes("running pw-column")));
            });
        });
    }

    private void strip(Page page) {
        Block strip = page.block("section").classes("panel strip");
        strip.heading(2, "This server, now");
        Parts.Figures figures = Parts.figures(strip);
        figures.block().classes("inside");
        Parts.Figure open = figures.add("Sessions open");
        Parts.Figure messages = figures.add("Messages received and sent");
        Parts.Figure ended = figures.add("Ended since the start");
        Parts.Figure lost = figures.add("Of these, lost without a goodbye");
        Parts.Figure failed = figures.add("Handlers that failed");
        Block reasons = strip.block("p").classes("tally");
        List<String> shown = new ArrayList<>();
        watch.pulse()
                .watch(
                        page,
                        () -> page.atomically(() -> {
                            Stats now = watch.stats();
                            open.show(now.sessions().openNow());
                            messages.show(now.messagesReceived() + now.messagesSent());
                            ended.show(now.sessions().ended());
                            lost.show(now.sessions().ended()
                                    - now.sessions().ended(End.Reason.PEER_CLOSED)
                                    - now.sessions().ended(End.Reason.SERVER_CLOSED)
                                    - now.sessions().ended(End.Reason.SHUTDOWN));
                            failed.show(now.sessions().handlerFailures());
                            tally(reasons, now, shown);
                        }));
    }

    /** How many ended for which reason, once any has. */
    private static void tally(Block in, Stats now, List<String> shown) {
        List<String> counts = new ArrayList<>();
        for (End.Reason reason : End.Reason.values()) {
            if (now.sessions().ended(reason) > 0) {
                counts.add(
                        Reasons.kind(reason) + "|" + Parts.number(now.sessions().ended(reason)) + " × " + reason);
            }
        }
        if (!counts.equals(shown)) {
            shown.clear();
            shown.addAll(counts);
            in.clear();
            for (String count : counts) {
                String[] parts = count.split("\\|", -1);
                in.block("span").classes("chip " + parts[0]).text(parts[1]);
            }
        }
    }

    private static void steps(Page page) {
        page.block("section", dies -> {
            dies.classes("dies").heading(2, "What happens when a connection dies");
            dies.block("p")
                    .classes("lead")
                    .text("Tabs close, phones change networks, lids shut. For a server of live pages that is the"
                            + " weather, and no reason for a stack trace in a loop that everybody shares.");
            Block steps = dies.block("ol").classes("steps");
            step(
                    steps,
                    "The read throws",
                    "The thread that waits for this client’s bytes gets the reset itself, there and then. No selector,"
                            + " no callback, no shared loop in between.");
            step(
                    steps,
                    "The session ends, once",
                    "What waits throws, with an End that says the reason, the close code, how long it lasted. Let it"
                            + " pass: one wrapper knows that a client which leaves is no error.");
            step(
                    steps,
                    "Nobody else notices",
                    "No log line, no failed task, no clean-up left undone. And a page whose browser comes back within"
                            + " two minutes goes on where it was.");
        });
    }

    private static void step(Container in, String title, String text) {
        in.block("li", step -> {
            step.heading(3, title);
            step.block("p").text(text);
        });
    }

    private static void tries(Page page) {
        page.block("section", section -> {
            section.heading(2, "See for yourself");
            section.block("div", tries -> {
                tries.classes("tiles");
                tile(tries, "/elements", "Elements", "Each one running, beside the Java file that runs.");
                tile(tries, "/wizard", "Wizard", "From the first question to the last in one method.");
                tile(tries, "/dashboard", "Dashboard", "Figures and a chart that a timer of the page keeps up.");
                tile(tries, "/chat", "Chat", "Open it twice, close one, and read how that visitor left.");
                tile(tries, "/storm", "Storm", "Reset, stall, flood and half-close 50 clients beside calm neighbours.");
                tile(
                        tries,
                        "/sleep",
                        "Sleep",
                        "A handler that sleeps for ten seconds, beside others that do not care.");
                tile(tries, "/board", "Board", "What is open, what has ended, and why.");
            });
        });
    }

    /** A link to a page, with what is there. */
    public static void tile(Container in, String path, String name, String says) {
        Block tile = in.block("a").classes("tile").attribute("href", path);
        tile.block("b").text(name);
        tile.block("span").text(says);
    }

    private static void commands(Page page) {
        page.block("section", run -> {
            run.classes("run").heading(2, "Run it");
            Block commands = run.block("dl").classes("panel commands");
            command(commands, "java -jar plainweave.jar", "these pages, on localhost:8080");
            command(
                    commands,
                    "java -jar plainweave.jar --io selector",
                    "the same on Jetty’s selector loop, to compare");
            command(commands, "java -cp plainweave.jar HelloExample.java", "the file above");
        });
    }

    private static void command(Container in, String command, String what) {
        in.block("div", line -> {
            line.block("dt").block("code").text(command);
            line.block("dd").text(what);
        });
    }
}
