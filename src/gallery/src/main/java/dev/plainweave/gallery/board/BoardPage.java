package dev.plainweave.gallery.board;

import dev.plainweave.gallery.live.LiveChart;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.server.Stats;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Page;
import dev.plainweave.websocket.End;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;

/** What this server has open, and how what it had open has ended. */
public final class BoardPage {
    private static final double LEAST_SESSIONS = 5;

    private final Watch watch;

    /** A page over what is watched. */
    public BoardPage(Watch watch) {
        this.watch = watch;
    }

    /** Builds the page. */
    public void page(Page page) {
        Parts.title(
                page,
                "Live board",
                "What this server has open, and how what it had open has ended. Told by the sessions themselves: each"
                        + " has exactly one end.");
        Parts.Figures figures = Parts.figures(page);
        Parts.Figure sessions = figures.add("Sessions open");
        Parts.Figure connections = figures.add("Connections");
        Parts.Figure opened = figures.add("Opened since the start");
        Parts.Figure ended = figures.add("Ended");
        Parts.Figure delay = figures.add("A thread waits for a processor");
        LiveChart chart = Parts.card(
                        page,
                        "The last minute",
                        Parts.key("line-0", "sessions open"),
                        Parts.key("bar", "ended, per second"))
                .add(new LiveChart(
                        "Sessions open and sessions ended per second, over the last minute", "", LEAST_SESSIONS))
                .classes("low");
        Block columns = page.block("div").classes("columns");
        Bars reasons = new Bars(Parts.card(columns, "Ended, by reason"));
        EndsList ends = new EndsList(
                Parts.card(columns, "Ended lately"),
                "Nothing has ended yet.",
                "Close a tab of the chat, or make a storm.");
        Block below = page.block("div").classes("columns");
        Bars routes = new Bars(Parts.card(below, "Open now, by route"));
        ownClient(Parts.card(below, "Bring your own client"));
        watch.pulse()
                .watch(
                        page,
                        () -> page.atomically(() -> {
                            Stats now = watch.stats();
                            sessions.show(now.sessions().openNow());
                            connections.show(now.connections());
                            opened.show(now.sessions().opened());
                            ended.show(now.sessions().ended());
                            delay.show(Parts.number(now.schedulingDelay().toNanos() / 1000), "µs");
                            chart.points(watch.seconds());
                            ends.show(watch.ended(""));
                            show(reasons, now);
                            show(routes, watch.open());
                        }));
    }

    private static void show(Bars reasons, Stats now) {
        long most = Arrays.stream(End.Reason.values())
                .mapToLong(reason -> now.sessions().ended(reason))
                .max()
                .orElse(0);
        for (End.Reason reason : End.Reason.values()) {
            reasons.show(reason.name(), Reasons.kind(reason), now.sessions().ended(reason), most);
        }
    }

    private static void show(Bars routes, Map<String, Integer> open) {
        int most = open.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (String route : new TreeSet<>(open.keySet())) {
            routes.show(route, "of-ours", open.getOrDefault(route, 0), most);
        }
    }

    private static void ownClient(Container in) {
        in.paragraph(
                "Connect to /guest, which echoes, with any WebSocket client, and end it as unkindly as you like: kill"
                        + " -9, a pulled cable, nonsense for a frame.");
        in.block("pre").block("code").text("websocat ws://localhost:8080/guest");
        in.paragraph("/echo is the same without being watched here: it is what the benchmark measures. Its ends are"
                        + " in the figures, not in the list.")
                .classes("fine");
    }
}
