package dev.plainweave.bench;

import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.load.ProtocolCheck;
import dev.plainweave.bench.process.ServerProcess;
import dev.plainweave.bench.process.StartException;
import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.scenario.Meter;
import dev.plainweave.bench.scenario.Opening;
import dev.plainweave.bench.scenario.Pace;
import dev.plainweave.bench.scenario.Scenario;
import dev.plainweave.bench.scenario.TimeBudget;
import dev.plainweave.bench.scenario.Visit;
import dev.plainweave.bench.scenario.Window;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the steps of a plan, one fresh server each, and tells what came out as it goes. */
final class Runner {
    /** Before the first visit: a look at the machine, and a generator to be warmed up, on a server that nobody measures. */
    static final int BEFORE_MILLIS = 12_000;

    /** Those who do not answer what they must are not waited for long: only the product must pass. */
    private static final int OTHERS_MILLIS = 5_000;

    private static final int REHEARSAL_MILLIS = 6_000;

    private static final int REHEARSED = 100_000;

    private final Options options;
    private final Results results = new Results();
    private final Set<String> asked = new HashSet<>();
    private final TimeBudget repeats;
    private final PrintStream out;
    private Pace pace = Pace.UNKNOWN;

    Runner(Options options, PrintStream out) {
        this.options = options;
        this.repeats = new TimeBudget(options.size().repeatMillis());
        this.out = out;
    }

    Results run(Plan plan) {
        long start = System.nanoTime();
        if (!options.size().smoke()) {
            rehearse();
        }
        int number = 0;
        for (Plan.Step step : plan.steps()) {
            number++;
            out.printf(
                    "[%d/%d, %s] %s, round %d%n",
                    number,
                    plan.steps().size(),
                    clock(Duration.ofNanos(System.nanoTime() - start)),
                    step.variant().name(),
                    step.round() + 1);
            out.flush();
            visit(step);
        }
        return results;
    }

    /** Minutes and seconds. */
    static String clock(Duration time) {
        return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    /** On the selector variant: what it reaches is what every variant's load is measured against. */
    private void rehearse() {
        Variant selector = Variant.named(Variant.NATIVE_SELECTOR);
        try (ServerProcess server =
                ServerProcess.start(selector.command(options.flags(), List.of()), logs().resolve("rehearsal.log"))) {
            List<Client> clients = Opening.upgraded(
                    64,
                    server.address(),
                    Handshake.plain(ServerProcess.HOST, server.port(), selector.path(Route.ECHO)));
            try (ClosedLoop load = ClosedLoop.start(clients, Opening.echoes(64, 64))) {
                new Meter(server, new TimeBudget(REHEARSAL_MILLIS), repeats, window -> {}, this::remark)
                        .warmUp(load, REHEARSED);
                load.finish();
            }
            pace = Pace.of(server, selector.path(Route.ECHO));
        } catch (StartException | IOException | LoadException failed) {
            results.note("no rehearsal before the first visit: " + failed);
        }
    }

    private void visit(Plan.Step step) {
        try (ServerProcess server = start(step)) {
            Variant variant = step.variant();
            boolean plain = step.scenarios().stream().allMatch(Scenario::plain);
            List<String> violations = plain ? check(variant, server) : List.of();
            TimeBudget warmUps = new TimeBudget(step.warmUpMillis(options.size()));
            for (Scenario scenario : step.scenarios()) {
                if (!violations.isEmpty() && variant.product()) {
                    fail(step, scenario, "breaks the protocol: " + String.join("; ", violations));
                } else {
                    measure(step, scenario, server, warmUps);
                }
            }
        } catch (StartException absent) {
            step.scenarios().forEach(scenario -> fail(step, scenario, "did not start: " + absent.getMessage()));
        }
    }

    private void measure(Plan.Step step, Scenario scenario, ServerProcess server, TimeBudget warmUps) {
        String variant = step.variant().name();
        Meter meter = new Meter(
                server,
                warmUps,
                repeats,
                window -> results.use(use(step, scenario, window)),
                remark -> remark(scenario.name() + ", " + variant + ": " + remark));
        try {
            scenario.run(new Visit(step.variant(), step.round(), server, pace, options.size(), meter, results));
            out.println("  " + scenario.name() + ": " + figures(step, scenario));
        } catch (IOException | UncheckedIOException | LoadException | IllegalStateException failed) {
            fail(step, scenario, failed + (server.alive() ? "" : " (the server process has ended)"));
        }
    }

    /**
     * Whether this very process does what it is measured for. Others than the product are asked once, measured all the
     * same, and it is said.
     */
    private List<String> check(Variant variant, ServerProcess server) {
        if (!asked.add(variant.name()) && !variant.product()) {
            return List.of();
        }
        List<String> violations = ProtocolCheck.violations(
                server.address(),
                Handshake.plain(ServerProcess.HOST, server.port(), variant.path(Route.ECHO)),
                variant.product() ? Client.TIMEOUT_MILLIS : OTHERS_MILLIS);
        results.note("protocol check: %s passed %d of %d cases%s"
                .formatted(
                        variant.name(),
                        ProtocolCheck.cases() - violations.size(),
                        ProtocolCheck.cases(),
                        violations.isEmpty() ? "" : ", not " + String.join("; ", violations)));
        return violations;
    }

    /** A smoke run is cold and short by design. */
    private void remark(String remark) {
        if (!options.size().smoke()) {
            results.note(remark);
        }
    }

    private static Results.Use use(Plan.Step step, Scenario scenario, Window window) {
        return new Results.Use(
                scenario.name(),
                step.variant().name(),
                step.round(),
                window.serverCores(),
                window.generatorCores(),
                window.foreignCores(),
                window.generatorBound(Runtime.getRuntime().availableProcessors()));
    }

    private ServerProcess start(Plan.Step step) throws StartException {
        Variant variant = step.variant();
        if (variant.requires().isPresent()
                && !Files.isRegularFile(variant.requires().get())) {
            throw new StartException("no " + variant.requires().get() + "; build it, or leave -Dbench.jar out");
        }
        Scenario first = step.scenarios().getFirst();
        Path log = logs().resolve(first.name() + "-" + variant.name() + "-" + (step.round() + 1) + ".log");
        return ServerProcess.start(variant.command(options.flags(), first.arguments()), log);
    }

    private Path logs() {
        return options.out().resolve("bench-logs");
    }

    private void fail(Plan.Step step, Scenario scenario, String reason) {
        results.fail(scenario.name(), step.variant(), step.round(), reason);
        out.println("  " + scenario.name() + ": FAILED: " + reason);
    }

    private String figures(Plan.Step step, Scenario scenario) {
        return results.metrics().stream()
                .filter(metric -> metric.scenario().equals(scenario.name()))
                .filter(metric -> results.rounds(metric, step.variant().name()).containsKey(step.round()))
                .map(metric -> "%s %.1f %s"
                        .formatted(
                                metric.name(),
                                results.rounds(metric, step.variant().name()).get(step.round()),
                                metric.unit()))
                .collect(Collectors.joining(", "));
    }
}
