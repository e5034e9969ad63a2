package dev.plainweave.gallery.storm;

import dev.plainweave.gallery.live.LiveChart;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.ui.Container;
import java.util.Locale;

/** The neighbours' latency on a chart, and in figures. */
final class NeighbourFigures {
    private static final double LEAST_MS = 5;

    private final LiveChart chart;
    private final Parts.Figure median;
    private final Parts.Figure p99;
    private final Parts.Figure longest;
    private final Parts.Figure echoes;
    private final Parts.Figure lost;

    NeighbourFigures(Container in, String description) {
        chart = in.add(new LiveChart(description, "ms", LEAST_MS));
        Parts.Figures figures = Parts.figures(in);
        figures.block().classes("inside");
        median = figures.add("Median, now");
        p99 = figures.add("p99, now");
        longest = figures.add("Longest, last minute");
        echoes = figures.add("Echoes answered");
        lost = figures.add("Echoes lost");
    }

    LiveChart chart() {
        return chart;
    }

    void show(Storm.Picture picture) {
        chart.points(picture.seconds()).marks(picture.marks());
        median.show(millis(picture.latest().p50()), "ms");
        p99.show(millis(picture.latest().p99()), "ms");
        longest.show(millis(picture.longest()), "ms");
        echoes.show(picture.echoes());
        lost.show(picture.lost());
        lost.alarm(picture.lost() > 0);
    }

    private static String millis(long micros) {
        return micros == 0 ? "–" : String.format(Locale.ROOT, micros < 100_000 ? "%.2f" : "%.0f", micros / 1000.0);
    }
}
