package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.Memory;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As many idle sessions as the descriptors allow, in three steps: does the last third cost what the first did? */
public final class IdleMost implements Scenario {
    private static final String NAME = "idle-memory-most";
    private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d+)");
    private static final int STEPS = 3;
    private static final int REHEARSAL = 5_000;
    private static final int SPARE_DESCRIPTORS = 700;
    /** The product's default limit is 16,000 connections. */
    private static final int MOST = 15_600;

    private static final double MILLION = 1_000_000;
    private static final Metric FIRST =
            new Metric(NAME, "resident, first third", "B/session", Better.LOWER, Metric.COARSE);
    private static final Metric LAST =
            new Metric(NAME, "resident, last third", "B/session", Better.LOWER, Metric.COARSE);
    private static final Metric HEAP = new Metric(NAME, "live heap", "B/session", Better.LOWER);
    private static final Metric PROJECTED =
            new Metric(NAME, "resident, projected to a million", "GB", Better.LOWER, Metric.COARSE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public String about() {
        return "idle-memory with as many sessions as descriptors and the product's default limit of connections allow,"
            + " opened in three steps. Where the last third costs what the first did, bytes per session are flat; the"
            + " projection to a million multiplies the average, and leaves out the kernel's buffers.";
    }

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
        return (int) ((REHEARSAL + count(size)) * Rehearsal.MILLIS_A_SESSION)
                + STEPS * (IdleMemory.SETTLE_MILLIS + IdleMemory.COLLECTING_MILLIS);
    }

    @Override
    public void run(Visit visit) throws IOException {
        long pid = visit.server().pid();
        int descriptors = Memory.descriptors(pid);
        int step = count(visit.size()) / STEPS;
        Rehearsal.of(visit, Math.min(REHEARSAL, STEPS * step));
        IdleMemory.awaitDescriptors(pid, descriptors + 20);
        List<Memory> readings = new ArrayList<>();
        readings.add(Memory.afterGc(pid));
        List<Client> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < STEPS; i++) {
                IdleMemory.open(visit, step, sessions);
                Threads.sleep(IdleMemory.SETTLE_MILLIS);
                readings.add(Memory.afterGc(pid));
            }
            IdleMemory.pingAll(sessions);
        } finally {
            Opening.closeAll(sessions);
        }
        Memory none = readings.getFirst();
        Memory all = readings.getLast();
        double resident = (double) (all.rssBytes() - none.rssBytes()) / sessions.size();
        visit.record(FIRST, (double) (readings.get(1).rssBytes() - none.rssBytes()) / step);
        visit.record(LAST, (double) (all.rssBytes() - readings.get(STEPS - 1).rssBytes()) / step);
        visit.record(HEAP, (double) (all.heapBytes() - none.heapBytes()) / sessions.size());
        visit.record(PROJECTED, resident * MILLION / 1e9);
        visit.note(NAME, "%,d sessions".formatted(sessions.size()));
    }

    /** In a smoke run no more than in idle-memory. */
    private static int count(Size size) {
        if (size.smoke()) {
            return size.idleSessions();
        }
        try {
            Matcher limit = LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
            return limit.find() ? Math.min(MOST, Integer.parseInt(limit.group(1)) - SPARE_DESCRIPTORS) : MOST;
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
