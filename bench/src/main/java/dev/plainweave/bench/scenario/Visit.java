package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.Variant;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.process.ServerProcess;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Results;
import org.HdrHistogram.Histogram;

/** One server process of one variant, visited by one scenario in one round. */
public record Visit(
        Variant variant, int round, ServerProcess server, Pace pace, Size size, Meter meter, Results results) {

    public void record(Metric metric, double value) {
        results.add(metric, variant.name(), round, value);
    }

    /** Keeps latencies, in nanoseconds, for the chart of that load. */
    public void latencies(String scenario, String load, Histogram taken) {
        results.latencies(scenario, load, variant.name(), taken);
    }

    /** Says in the report what the figures alone do not. */
    public void note(String scenario, String what) {
        results.note(scenario + ", " + variant.name() + ": " + what);
    }

    /** Says that something happened, or did not, that never may: red for the product, and told of all others. */
    public void broken(String scenario, String what) {
        results.fail(scenario, variant, round, what);
    }

    /** A handshake whose echo has exactly one right encoding. */
    public Handshake plainHandshake() {
        return plainHandshake(Route.ECHO);
    }

    public Handshake plainHandshake(Route route) {
        return Handshake.plain(ServerProcess.HOST, server.port(), variant.path(route));
    }

    /** The same for a server that speaks TLS: its origin is an https one. */
    public Handshake secureHandshake() {
        return Handshake.secure(ServerProcess.HOST, server.port(), variant.path(Route.TLS));
    }

    /** For the socket of live pages. */
    public Handshake pagesHandshake() {
        return Handshake.plain(ServerProcess.HOST, server.port(), "/_plainweave/socket");
    }

    /** What a browser sends, compression offered. */
    public Handshake browserHandshake() {
        return Handshake.browser(ServerProcess.HOST, server.port(), variant.path(Route.ECHO));
    }
}
