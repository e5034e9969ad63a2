package dev.plainweave.bench;

import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.load.ProtocolCheck;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.ServerProcess;
import dev.plainweave.bench.process.StartException;
import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.scenario.Meter;
import dev.plainweave.bench.scenario.Opening;
import dev.plainweave.bench.scenario.Repeats;
import dev.plainweave.bench.scenario.Scenario;
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
    static final int BEFORE_MILLIS = 6_000;

    private static final int REHEARSAL_MILLIS = 2_000;

    private final Options options;
    private final Results results = new Results();
    private final Set<String> asked = new HashSet<>();
    private final Repeats repeats;
    private final PrintStream out;

    Runner(Options options, PrintStream out) {
        this.options = options;
        this.repeats = new Repeats(options.size().repeatMillis());
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
                    "[%d/%d, %s] %s, %s, round %d: ",
                    number,
                    plan.steps().size(),
                    clock(Duration.ofNanos(System.nanoTime() - start)),
                    step.scenario().name(),
                    step.variant().name(),
                    step.round() + 1);
            out.flush();
            out.println(visit(step));
        }
        return results;
    }

    /** Minutes and seconds. */
    static String clock(Duration time) {
        return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    private void rehearse() {
        Variant floor = Variant.all().stream()
                .filter(variant -> variant.name().equals(Variant.FLOOR))
                .findFirst()
                .orElseThrow();
        try (ServerProcess server = ServerProcess.start(
                floor.command(List.of("-Xmx256m"), List.of()),
                options.out().resolve("bench-logs").resolve("rehearsal.log"))) {
            String path = floor.path(Route.ECHO);
            List<Client> clients =
                    Opening.upgraded(64, server.address(), Handshake.plain(ServerProcess.HOST, server.port(), path));
            try (ClosedLoop load = ClosedLoop.start(clients, Opening.echoes(64, 64))) {
                Threads.sleep(REHEARSAL_MILLIS);
                load.finish();
            }
        } catch (StartException | IOException | LoadException failed) {
            results.note("the generator was not warmed up before the first visit: " + failed);
        }
    }

    private String visit(Plan.Step step) {
        Scenario scenario = step.scenario();
        Variant variant = step.variant();
        try (ServerProcess server = start(scenario, variant, step.round())) {
            Meter meter = new Meter(
                    server,
                    repeats,
                    window -> results.use(use(step, window)),
                    remark -> remark(scenario.name() + ", " + variant.name() + ": " + remark));
            List<String> violations = scenario.plain() ? check(variant, server) : List.of();
            if (!violations.isEmpty() && variant.product()) {
                return fail(step, "breaks the protocol: " + String.join("; ", violations));
            }
            try {
                scenario.run(new Visit(variant, step.round(), server, options.size(), meter, results));
            } catch (IOException | UncheckedIOException | LoadException | IllegalStateException failed) {
                String state = server.alive() ? "" : " (the server process has ended)";
                return fail(step, failed + state);
            }
            return figures(step);
        } catch (StartException absent) {
            return fail(step, "did not start: " + absent.getMessage());
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
                server.address(), Handshake.plain(ServerProcess.HOST, server.port(), variant.path(Route.ECHO)));
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

    private static Results.Use use(Plan.Step step, Window window) {
        return new Results.Use(
                step.scenario().name(),
                step.variant().name(),
                step.round(),
                window.serverCores(),
                window.generatorCores(),
                window.foreignCores(),
                window.generatorBound(Runtime.getRuntime().availableProcessors()));
    }

    private ServerProcess start(Scenario scenario, Variant variant, int round) throws StartException {
        if (variant.requires().isPresent()
                && !Files.isRegularFile(variant.requires().get())) {
            throw new StartException("no " + variant.requires().get() + "; build it, or leave -Dbench.jar out");
        }
        Path log = options.out()
                .resolve("bench-logs")
                .resolve(scenario.name() + "-" + variant.name() + "-" + (round + 1) + ".log");
        return ServerProcess.start(variant.command(scenario.flags(), scenario.arguments()), log);
    }

    private String fail(Plan.Step step, String reason) {
        results.fail(step.scenario().name(), step.variant(), step.round(), reason);
        return "FAILED: " + reason;
    }

    private String figures(Plan.Step step) {
        return results.metrics().stream()
                .filter(metric -> metric.scenario().equals(step.scenario().name()))
                .filter(metric -> results.rounds(metric, step.variant().name()).containsKey(step.round()))
                .map(metric -> "%s %.1f %s"
                        .formatted(
                                metric.name(),
                                results.rounds(metric, step.variant().name()).get(step.round()),
                                metric.unit()))
                .collect(Collectors.joining(", "));
    }
}
