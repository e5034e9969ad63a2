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
     * Up to this share apart, two medians are no difference to rely on: about as much as one variant's own medians differ
     * between two runs of one commit on a shared machine of two cores. Latency there is mostly the waking of a core, so half
     * again as much is not much; CPU time and rates keep to a fifth, and bytes to a tenth.
     */
    double material() {
        return unit.equals("us") ? 0.5 : unit.startsWith("B") ? 0.1 : 0.2;
    }

    public String id() {
        return scenario + "/" + name;
    }
}
