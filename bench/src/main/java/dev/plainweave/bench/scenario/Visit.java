package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.process.ServerProcess;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Results;

/**
 * One fresh server process of one variant, visited by one scenario in one round.
 *
 * @param echoPath the variant's WebSocket echo
 */
public record Visit(
        String variant, int round, String echoPath, ServerProcess server, Size size, Meter meter, Results results) {

    public void record(Metric metric, double value) {
        results.add(metric, variant, round, value);
    }

    /** Says in the report what the figures alone do not. */
    public void note(String scenario, String what) {
        results.note(scenario + ", " + variant + ": " + what);
    }

    /** A handshake whose echo has exactly one right encoding. */
    public Handshake plainHandshake() {
        return Handshake.plain(ServerProcess.HOST, server.port(), echoPath);
    }

    /** What a browser sends, compression offered. */
    public Handshake browserHandshake() {
        return Handshake.browser(ServerProcess.HOST, server.port(), echoPath);
    }
}
