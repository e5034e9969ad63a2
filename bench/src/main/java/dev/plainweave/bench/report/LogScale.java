package dev.plainweave.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Latencies in microseconds from the bottom (0) to the top (100) of a plot, each decade as high as the next. */
record LogScale(double least, double most) {

    /** A scale of whole decades that holds all the values. */
    static LogScale of(DoubleStream values) {
        double[] positive = values.filter(value -> value > 0).sorted().toArray();
        double low = positive.length == 0 ? 1 : positive[0];
        double high = positive.length == 0 ? 10 : positive[positive.length - 1];
        double least = Math.pow(10, Math.floor(Math.log10(low)));
        return new LogScale(least, Math.max(least * 10, Math.pow(10, Math.ceil(Math.log10(high)))));
    }

    double position(double micros) {
        double clamped = Math.min(most, Math.max(least, micros));
        return 100 * Math.log10(clamped / least) / Math.log10(most / least);
    }

    /** Horizontal lines, for an SVG whose y grows downwards from 0 to 100. */
    String grid() {
        StringBuilder lines = new StringBuilder();
        for (double decade : decades()) {
            String y = Html.at(100 - position(decade));
            lines.append("<line class=grid x1=0 x2=100 y1=")
                    .append(y)
                    .append(" y2=")
                    .append(y)
                    .append("></line>");
        }
        return lines.toString();
    }

    /** The labels beside them. */
    String labels() {
        StringBuilder labels = new StringBuilder();
        for (double decade : decades()) {
            labels.append("<span class=\"axis y\" style=\"bottom:%s%%\">%s</span>"
                    .formatted(Html.at(position(decade)), label(decade)));
        }
        return labels.toString();
    }

    /** 10 us, 1 ms, 10 s. */
    static String label(double micros) {
        if (micros >= 1e6) {
            return "%.0f s".formatted(micros / 1e6);
        }
        return micros >= 1e3 ? "%.0f ms".formatted(micros / 1e3) : "%.0f us".formatted(micros);
    }

    private List<Double> decades() {
        List<Double> decades = new ArrayList<>();
        for (double decade = least; decade <= most * 1.01; decade *= 10) {
            decades.add(decade);
        }
        return decades;
    }
}
