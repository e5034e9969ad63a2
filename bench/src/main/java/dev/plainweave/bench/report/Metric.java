package dev.plainweave.bench.report;

/**
 * One kind of figure.
 *
 * @param scenario the scenario that yields it
 * @param name within the scenario
 * @param unit as printed
 * @param better which direction is better
 */
public record Metric(String scenario, String name, String unit, Better better) {

    /** Which of two figures wins, or that the figure is only there to be looked at. */
    public enum Better {
        LOWER,
        HIGHER,
        NEITHER
    }

    /** Whether it is CPU time of the server process per message, which the baseline watches. */
    public boolean cpu() {
        return unit.startsWith("us/") && name.startsWith("cpu");
    }

    /**
     * A factor: less than that apart, two figures are no difference to rely on. Latency on a machine of two cores is mostly
     * the waking of one, and doubles by chance; so does one latency divided by another.
     */
    double material() {
        return unit.equals("us") || name.startsWith("p99") ? 2 : 1.1;
    }

    public String id() {
        return scenario + "/" + name;
    }
}
