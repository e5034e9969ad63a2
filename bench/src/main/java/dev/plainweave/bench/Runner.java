package dev.plainweave.bench;

import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.load.ProtocolCheck;
import dev.plainweave.bench.process.ServerProcess;
import dev.plainweave.bench.process.StartException;
import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.scenario.Meter;
import dev.plainweave.bench.scenario.Scenario;
import dev.plainweave.bench.scenario.Visit;
import dev.plainweave.bench.scenario.Window;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the steps of a plan, one fresh server each, and tells what came out as it goes. */
final class Runner {
    private final Options options;
    private final Results results = new Results();
    private final PrintStream out;

    Runner(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    Results run(Plan plan) {
        int number = 0;
        for (Plan.Step step : plan.steps()) {
            number++;
            out.printf(
                    "[%d/%d] %s, %s, round %d: ",
                    number,
                    plan.steps().size(),
                    step.scenario().name(),
                    step.variant().name(),
                    step.round() + 1);
            out.flush();
            out.println(visit(step));
        }
        return results;
    }

    private String visit(Plan.Step step) {
        Scenario scenario = step.scenario();
        Variant variant = step.variant();
        try (ServerProcess server = start(scenario, variant, step.round())) {
            Meter meter = new Meter(
                    server,
                    window -> results.use(use(step, window)),
                    remark -> results.note(scenario.name() + ", " + variant.name() + ": " + remark));
            List<String> violations = check(variant, server);
            if (!violations.isEmpty() && variant.product()) {
                return fail(step, "breaks the protocol: " + String.join("; ", violations));
            }
            try {
                scenario.run(new Visit(
                        variant.name(), step.round(), variant.echoPath(), server, options.size(), meter, results));
            } catch (IOException | UncheckedIOException | LoadException | IllegalStateException failed) {
                String state = server.alive() ? "" : " (the server process has ended)";
                return fail(step, failed + state);
            }
            return figures(step);
        } catch (StartException absent) {
            return fail(step, "did not start: " + absent.getMessage());
        }
    }

    /** Whether this very process does what it is measured for. Peers are measured all the same, and it is said. */
    private List<String> check(Variant variant, ServerProcess server) {
        List<String> violations = ProtocolCheck.violations(
                server.address(), Handshake.plain(ServerProcess.HOST, server.port(), variant.echoPath()));
        results.note("protocol check before every visit: %s passed %d of %d cases%s"
                .formatted(
                        variant.name(),
                        ProtocolCheck.cases() - violations.size(),
                        ProtocolCheck.cases(),
                        violations.isEmpty() ? "" : ", not " + String.join("; ", violations)));
        return violations;
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
            throw new StartException("no " + variant.requires().get() + "; build it, or give --jar");
        }
        Path log = options.out()
                .resolve("bench-logs")
                .resolve(scenario.name() + "-" + variant.name() + "-" + (round + 1) + ".log");
        return ServerProcess.start(variant.command(scenario.flags()), log);
    }

    private String fail(Plan.Step step, String reason) {
        results.fail(step.scenario().name(), step.variant().name(), step.round(), reason);
        return "FAILED: " + reason;
    }

    private String figures(Plan.Step step) {
        return results.metrics().stream()
                .filter(metric -> metric.scenario().equals(step.scenario().name()))
                .map(metric -> {
                    Double value = results.rounds(metric, step.variant().name()).get(step.round());
                    return metric.name() + " " + (value == null ? "-" : "%.1f".formatted(value)) + " " + metric.unit();
                })
                .collect(Collectors.joining(", "));
    }
}
