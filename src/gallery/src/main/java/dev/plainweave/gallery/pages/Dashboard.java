package dev.plainweave.gallery.pages;

import dev.plainweave.gallery.live.LiveChart;
import dev.plainweave.gallery.live.LiveChart.Point;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.server.Stats;
import dev.plainweave.ui.Checkbox;
import dev.plainweave.ui.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** This server's own figures, looked at by a timer of the page; only what has changed is sent. */
public final class Dashboard {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MINUTE = 61;

    private final Supplier<Stats> stats;

    /** A dashboard of these figures. */
    public Dashboard(Supplier<Stats> stats) {
        this.stats = stats;
    }

    /** Builds the page. */
    public void page(Page page) {
        Parts.title(page, "Dashboard", "A timer of this page looks once a second. Only what has changed is sent.");
        Checkbox live = page.toggle("Live").value(true);
        Parts.Figures figures = Parts.figures(page);
        Parts.Figure connections = figures.add("Connections");
        Parts.Figure requests = figures.add("Requests answered");
        Parts.Figure received = figures.add("Messages received");
        Parts.Figure sent = figures.add("Messages sent");
        Parts.Figure traffic = figures.add("Bytes sent");
        LiveChart chart = Parts.card(
                        page, "Messages a second", Parts.key("line-0", "received"), Parts.key("line-1", "sent"))
                .add(new LiveChart("Messages received and sent per second, over the last minute", "", 10))
                .classes("low");
        List<Point> points = new ArrayList<>();
        Stats now = stats.get();
        AtomicLong receivedBefore = new AtomicLong(now.messagesReceived());
        AtomicLong sentBefore = new AtomicLong(now.messagesSent());
        page.every(PERIOD, () -> {
            long in = now.messagesReceived();
            long out = now.messagesSent();
            Point point = new Point(
                    System.currentTimeMillis(),
                    List.of((double) in - receivedBefore.getAndSet(in), (double) out - sentBefore.getAndSet(out)),
                    0);
            points.add(point);
            if (points.size() > MINUTE) {
                points.removeFirst();
            }
            if (live.value()) {
                connections.show(now.connections());
                requests.show(now.requests());
                received.show(in);
                sent.show(out);
                traffic.show(Parts.number(now.bytesSent() / 1024), "KB");
                chart.points(List.copyOf(points));
            }
        });
    }
}
