package dev.plainweave.bench.report;

/**
 * One kind of figure.
 *
 * @param scenario the scenario that yields it
 * @param name within the scenario
 * @param unit as printed
 * @param better which direction is better
 * @param material a factor: less than that apart, two figures are no difference to rely on; it is what two variants'
 *     figures divided by each other have been off from one quick run to the next, the code being the same
 */
public record Metric(String scenario, String name, String unit, Better better, double material) {
    /** Of CPU per message at a given rate: waking is most of what is measured. */
    public static final double AT_A_RATE = 1.2;
    /**
     * Of latencies, of memory as the kernel counts it, of what is over within a moment, and of CPU where a machine is mostly
     * idle: a matter of when it wakes.
     */
    public static final double COARSE = 2;
    /** Of a p99 or a worst: on two cores it is the waking of one, and a time slice or two. */
    public static final double TAIL = 3;

    private static final double CPU = 1.05;
    private static final double THROUGHPUT = 1.15;
    private static final double OTHER = 1.1;

    /** As material as its unit usually is: us are latencies, us/... are CPU of a server kept busy, /s is throughput. */
    public Metric(String scenario, String name, String unit, Better better) {
        this(scenario, name, unit, better, usual(unit));
    }

    private static double usual(String unit) {
        return switch (unit) {
            case "us" -> COARSE;
            case "/s" -> THROUGHPUT;
            default -> unit.startsWith("us/") ? CPU : OTHER;
        };
    }

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

    public String id() {
        return scenario + "/" + name;
    }
}
