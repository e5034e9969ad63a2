package dev.plainweave.gallery.live;

import dev.plainweave.ui.CustomElement;
import dev.plainweave.ui.ScriptModule;
import java.util.List;

/**
 * The last minute, moving from right to left: an element with a script of its own. All of the minute is its state, so a
 * browser that was away misses nothing of it.
 */
public final class LiveChart extends CustomElement<LiveChart> {
    private static final ScriptModule MODULE = ScriptModule.classPath(LiveChart.class, "chart.js");

    /**
     * What was measured in a second.
     *
     * @param at when, in milliseconds since 1970
     * @param lines a value for each line
     * @param bar the value of the bar; 0 for none
     */
    public record Point(long at, List<Double> lines, double bar) {}

    /** Something that happened, with a few words. */
    public record Mark(long at, String text) {}

    /** Something that lasted, or lasts still, while {@code to} is 0. */
    public record Band(long from, long to) {}

    /**
     * An empty chart.
     *
     * @param description what it shows, for those who do not see it
     * @param unit of what it measures; may be empty
     * @param least the lowest top of its scale: what is flat looks flat
     */
    public LiveChart(String description, String unit, double least) {
        super(MODULE);
        classes("chart");
        property("description", description);
        property("unit", unit);
        property("least", least);
    }

    /** Shows these seconds, the oldest first. */
    public LiveChart points(List<Point> points) {
        return property("points", points);
    }

    /** Shows what happened. */
    public LiveChart marks(List<Mark> marks) {
        return property("marks", marks);
    }

    /** Shows what lasted. */
    public LiveChart bands(List<Band> bands) {
        return property("bands", bands);
    }
}
