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
    private final Consumer<String> remark;

    /** {@code seen} gets every timed window (not those of the warm-up), {@code remark} what the reader must know. */
    public Meter(ServerProcess server, Consumer<Window> seen, Consumer<String> remark) {
        this.server = server;
        this.seen = seen;
        this.remark = remark;
    }

    /**
     * Loads until the server is warm: at least the size's least time and {@code answers} answers (what the JIT compiles by
     * is counts, and a slow variant must not be measured colder than a fast one), and then until three windows in a row
     * agree within 6 % on CPU per answer or the size's most time is over. Three times that ends it in any case, and is
     * remarked upon.
     */
    public void warmUp(Load load, Size size, int answers) {
        List<Double> windows = new ArrayList<>();
        long before = load.completed();
        for (int spent = 0; spent < 3 * size.maxWarmUpMillis(); spent += WARM_UP_WINDOW_MILLIS) {
            boolean enough = spent >= size.minWarmUpMillis() && load.completed() - before >= answers;
            if (enough && (spent >= size.maxWarmUpMillis() || agree(windows))) {
                return;
            }
            windows.add(watch(WARM_UP_WINDOW_MILLIS, load).serverMicros());
        }
        remark.accept("measured cold: fewer than %,d answers in a warm-up of %,d ms"
                .formatted(answers, 3 * size.maxWarmUpMillis()));
    }

    /** For a load unlike the last one in a process that is warm: half the size's least time. */
    public void settle(Load load, Size size) {
        watch(Math.max(WARM_UP_WINDOW_MILLIS, size.minWarmUpMillis() / 2), load);
    }

    /** One timed window. */
    public Window window(Load load, int millis) {
        Window window = timed(millis, load);
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
            Window window = timed(millis, load);
            if (quietest == null || window.foreignCores() < quietest.foreignCores()) {
                quietest = window;
                take.accept(window);
            }
        }
        if (quietest != null) {
            seen.accept(quietest);
        }
    }

    private Window timed(int millis, Load load) {
        Window window = watch(millis, load);
        if (window.count() == 0) {
            throw new LoadException("no answer within " + millis + " ms");
        }
        return window;
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
