package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Load;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.MachineCpu;
import dev.plainweave.bench.process.ProcessCpu;
import dev.plainweave.bench.process.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Watches a server and a load over time. */
public final class Meter {
    private static final int WARM_UP_WINDOW_MILLIS = 500;
    private static final double AGREEMENT = 1.06;
    private static final int TRIES = 3;
    private static final double NOISE_CORES = 0.15;

    private final ServerProcess server;
    private final Consumer<Window> seen;

    /** {@code seen} gets every timed window (not those of the warm-up). */
    public Meter(ServerProcess server, Consumer<Window> seen) {
        this.server = server;
        this.seen = seen;
    }

    /** Loads until three windows in a row agree within 6 % on CPU per answer, between the size's least and most time. */
    public void warmUp(Load load, Size size) {
        warmUp(load, size.minWarmUpMillis(), size.maxWarmUpMillis());
    }

    /** The same in half the time, for a process that has run this code before. */
    public void warmUpAgain(Load load, Size size) {
        warmUp(load, size.minWarmUpMillis() / 2, size.maxWarmUpMillis() / 2);
    }

    private void warmUp(Load load, int minMillis, int maxMillis) {
        List<Double> windows = new ArrayList<>();
        for (int spent = 0; spent < maxMillis; spent += WARM_UP_WINDOW_MILLIS) {
            if (spent >= minMillis && agree(windows)) {
                return;
            }
            windows.add(watch(WARM_UP_WINDOW_MILLIS, load).serverMicros());
        }
    }

    /** One timed window. */
    public Window window(Load load, int millis) {
        Window window = watch(millis, load);
        seen.accept(window);
        return window;
    }

    /**
     * One timed window, repeated up to twice while others use the machine; the quietest counts. What is repeated depends
     * on the others only, never on the figure.
     *
     * @param before runs at the start of each try
     * @param take gets a window, and may get a quieter one after it that replaces it
     */
    public void quietWindow(Load load, int millis, Runnable before, Consumer<Window> take) {
        Window quietest = null;
        for (int i = 0; i < TRIES && (quietest == null || quietest.foreignCores() > NOISE_CORES); i++) {
            before.run();
            Window window = watch(millis, load);
            if (quietest == null || window.foreignCores() < quietest.foreignCores()) {
                quietest = window;
                take.accept(window);
            }
        }
        if (quietest != null) {
            seen.accept(quietest);
        }
    }

    private Window watch(int millis, Load load) {
        long self = ProcessHandle.current().pid();
        ProcessCpu serverBefore = ProcessCpu.of(server.pid());
        ProcessCpu selfBefore = ProcessCpu.of(self);
        long machineBefore = MachineCpu.busyNanos();
        long loadBefore = load.cpuNanos();
        long countBefore = load.completed();
        long start = System.nanoTime();

        waitWatching(load, millis);

        long count = load.completed() - countBefore;
        long wall = System.nanoTime() - start;
        long serverCpu = ProcessCpu.of(server.pid()).since(serverBefore);
        long generatorCpu = load.cpuNanos() - loadBefore;
        long selfCpu = ProcessCpu.of(self).since(selfBefore);
        long machine = MachineCpu.busyNanos() - machineBefore;
        load.check();
        if (count == 0) {
            throw new LoadException("no answer within " + millis + " ms");
        }
        return new Window(count, wall, serverCpu, generatorCpu, load.threads(), machine - serverCpu - selfCpu);
    }

    private static void waitWatching(Load load, int millis) {
        for (int left = millis; left > 0; left -= 100) {
            Threads.sleep(Math.min(100, left));
            load.check();
        }
    }

    private static boolean agree(List<Double> windows) {
        if (windows.size() < 3) {
            return false;
        }
        List<Double> last = windows.subList(windows.size() - 3, windows.size());
        double max = last.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double min = last.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        return max <= min * AGREEMENT;
    }
}
