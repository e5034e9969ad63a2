package dev.plainweave.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The storm as it went, a point about every 100 ms. */
public final class Timeline {

    /**
     * One tick.
     *
     * @param millis since the first leg began, the pauses between legs left out
     * @param storm whether connections were being reset, or closed (the control)
     * @param p50 of the neighbours in this tick, in microseconds
     * @param worst of the neighbours in this tick, in microseconds
     * @param descriptors open in the server
     */
    public record Point(long millis, boolean storm, double p50, double worst, int descriptors) {}

    private static final int TICK_MILLIS = 100;

    private final String variant;
    private final int round;
    private final List<Point> points = new ArrayList<>();

    public Timeline(String variant, int round) {
        this.variant = variant;
        this.round = round;
    }

    public void add(boolean storm, Histogram tick, int descriptors) {
        long millis = (long) (points.size() + 1) * TICK_MILLIS;
        points.add(
                new Point(millis, storm, tick.getValueAtPercentile(50) / 1e3, tick.getMaxValue() / 1e3, descriptors));
    }

    public String variant() {
        return variant;
    }

    public int round() {
        return round;
    }

    public List<Point> points() {
        return List.copyOf(points);
    }
}
