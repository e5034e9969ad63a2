package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.Memory;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an idle WebSocket holds. The server serves other sessions first, with two echoes each, so that classes, pools and
 * compiled code are there as in a server that has run for a while (a parked thread's stack is larger where the code was not
 * compiled yet).
 */
public final class IdleMemory implements Scenario {
    private static final String NAME = "idle-memory";
    static final int COLLECTING_MILLIS = 2_000;
    static final int SETTLE_MILLIS = 500;
    private static final Metric HEAP = new Metric(NAME, "live heap", "B/session", Better.LOWER);
    private static final Metric RSS = new Metric(NAME, "resident", "B/session", Better.LOWER, Metric.COARSE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "Sessions come and go first, with two echoes each, until the JIT has nothing left to compile of that."
            + " Then memory after garbage collection is read, the sessions are opened with a browser's handshake, and"
            + " after a quiet half second it is read again: live heap (class histogram) and resident memory of the"
            + " process, the difference divided by the sessions. Each must answer a ping at the end.";
    }

    /** The floor has no session to speak of. */
    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.METRICS);
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        int sessions = size.idleSessions() + rehearsal(size);
        return (int) (sessions * Rehearsal.MILLIS_A_SESSION) + SETTLE_MILLIS + COLLECTING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        long pid = visit.server().pid();
        int descriptors = Memory.descriptors(pid);
        Rehearsal.of(visit, rehearsal(visit.size()));
        awaitDescriptors(pid, descriptors + 20);
        Memory before = Memory.afterGc(pid);

        int count = visit.size().idleSessions();
        List<Client> sessions = new ArrayList<>(count);
        try {
            String extensions = open(visit, count, sessions);
            visit.note(NAME, extensions.isEmpty() ? "declined permessage-deflate" : "negotiated " + extensions);
            Threads.sleep(SETTLE_MILLIS);
            Memory after = Memory.afterGc(pid);
            pingAll(sessions);
            visit.record(HEAP, (double) (after.heapBytes() - before.heapBytes()) / count);
            visit.record(RSS, (double) (after.rssBytes() - before.rssBytes()) / count);
        } finally {
            for (Client session : sessions) {
                session.close();
            }
        }
    }

    private static int rehearsal(Size size) {
        return size.together() ? Math.min(Rehearsal.MOST, size.idleSessions()) : size.idleSessions();
    }

    /** Opens the sessions; returns what extension the server negotiated. */
    static String open(Visit visit, int count, List<Client> sessions) throws IOException {
        Handshake handshake = visit.browserHandshake();
        String extensions = "";
        for (int n = 0; n < count; n++) {
            Client client = Client.connect(visit.server().address());
            sessions.add(client);
            extensions = Handshake.header(client.upgrade(handshake, n), "Sec-WebSocket-Extensions");
        }
        return extensions;
    }

    static void awaitDescriptors(long pid, int atMost) {
        for (int waited = 0; waited < 5_000 && Memory.descriptors(pid) > atMost; waited += 50) {
            Threads.sleep(50);
        }
    }

    static void pingAll(List<Client> sessions) throws IOException {
        byte[] payload = "still there?".getBytes(StandardCharsets.US_ASCII);
        byte[] ping = Frames.masked(Frames.PING, payload, 0x5A5A1234);
        byte[] pong = Frames.plain(Frames.PONG, payload);
        for (Client session : sessions) {
            session.send(ping);
            session.expect(pong, "pong");
        }
    }
}
