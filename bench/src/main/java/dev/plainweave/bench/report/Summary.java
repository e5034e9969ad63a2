package dev.plainweave.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** The median of a few figures, with the smallest and the largest: with three to seven rounds anything finer is a pretence. */
public record Summary(double median, double min, double max, int count) {

    public static Summary of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Summary(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
