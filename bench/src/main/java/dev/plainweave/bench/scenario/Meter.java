package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Load;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.JitCpu;
import dev.plainweave.bench.process.MachineCpu;
import dev.plainweave.bench.process.ProcessCpu;
import dev.plainweave.bench.process.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** Watches a server and a load over time. */
public final class Meter {
    private static final int WARM_UP_WINDOW_MILLIS = 300;
    private static final int PARTS = 4;
    private static final int TRIES = 6;
    private static final int TICK_MILLIS = 100;
    private static final Histogram NO_LATENCIES = new Histogram(1);
    private static final double NOISE_CORES = 0.15;

    private final ServerProcess server;
    private final TimeBudget warmUps;
    private final TimeBudget repeats;
    private final Consumer<Window> seen;
    private final Consumer<String> remark;

    /**
     * Watches that server.
     *
     * @param warmUps time for all warm-ups of the visit
     * @param repeats time for all windows of the run that are measured again
     * @param seen gets every timed window, not those of the warm-up
     * @param remark gets what the reader must know
     */
    public Meter(
            ServerProcess server,
            TimeBudget warmUps,
            TimeBudget repeats,
            Consumer<Window> seen,
            Consumer<String> remark) {
        this.server = server;
        this.warmUps = warmUps;
        this.repeats = repeats;
        this.seen = seen;
        this.remark = remark;
    }

    /** A window under an open loop, with the latencies of that window. */
    public record Timed(Window window, Histogram latencies) {}

    /**
     * Loads until the server is warm ({@link WarmUp}), after {@code answers} answers at the earliest: a slow variant must
     * not be measured colder than a fast one. It ends in any case when the visit's time for warm-ups is over, and that is
     * remarked upon.
     */
    public void warmUp(Load load, int answers) {
        WarmUp warmUp = new WarmUp();
        long before = load.completed();
        while (warmUps.take(WARM_UP_WINDOW_MILLIS)) {
            Window window = watch(WARM_UP_WINDOW_MILLIS, load, () -> {});
            warmUp.window(window.serverMicros(), window.jitCores());
            if (load.completed() - before >= answers && warmUp.warm()) {
                return;
            }
        }
        if (load.completed() - before < answers) {
            remark.accept("measured cold: there was no time for %,d answers before".formatted(answers));
        } else {
            remark.accept(warmUp.wanting());
        }
    }

    /**
     * For a load unlike the last one in a process that is warm: it may be the first to come by some branch, for which the
     * JIT compiles again, at the cost of whatever is measured meanwhile. Ends when that is over, or the visit's time for
     * warm-ups.
     */
    public void settle(Load load, Size size) {
        Window last = watch(size.settleMillis(), load, () -> {});
        while (last.compiling() && warmUps.take(WARM_UP_WINDOW_MILLIS)) {
            last = watch(WARM_UP_WINDOW_MILLIS, load, () -> {});
        }
        if (last.compiling()) {
            remark.accept("a load was measured while the JIT was still compiling");
        }
    }

    /** One timed window; {@code tick} runs every 100 ms of it. */
    public Window window(Load load, int millis, Runnable tick) {
        Window window = timed(millis, load, tick);
        seen.accept(window);
        return window;
    }

    /**
     * Times a load in several short windows; one is measured again while others use the machine or the JIT compiles, and the
     * quietest counts.
     */
    public Window quietWindow(Load load, int millis) {
        return quiet(millis, part -> new Timed(timed(part, load, () -> {}), NO_LATENCIES))
                .window();
    }

    /** The same, with the latencies of the windows that count. */
    public Timed quietWindow(OpenLoop load, int millis) {
        return quiet(millis, part -> {
            load.latencies();
            Window window = timed(part, load, () -> {});
            return new Timed(window, load.latencies());
        });
    }

    private Timed quiet(int millis, IntFunction<Timed> measure) {
        List<Window> windows = new ArrayList<>();
        Histogram latencies = new Histogram(3);
        for (int i = 0; i < PARTS; i++) {
            Timed part = quietest(millis / PARTS, measure);
            windows.add(part.window());
            latencies.add(part.latencies());
        }
        return new Timed(Window.sum(windows), latencies);
    }

    private Timed quietest(int millis, IntFunction<Timed> measure) {
        Timed quietest = measure.apply(millis);
        for (int i = 1; i < TRIES && again(quietest.window(), millis); i++) {
            Timed next = measure.apply(millis);
            if (next.window().disturbance() < quietest.window().disturbance()) {
                quietest = next;
            }
        }
        seen.accept(quietest.window());
        return quietest;
    }

    /** What is measured again depends on the others and the JIT only, never on the figure. */
    private boolean again(Window window, int millis) {
        return window.compiling() ? warmUps.take(millis) : window.foreignCores() > NOISE_CORES && repeats.take(millis);
    }

    private Window timed(int millis, Load load, Runnable tick) {
        Window window = watch(millis, load, tick);
        if (window.count() == 0) {
            throw new LoadException("no answer within " + Client.TIMEOUT_MILLIS + " ms");
        }
        return window;
    }

    private Window watch(int millis, Load load, Runnable tick) {
        long self = ProcessHandle.current().pid();
        ProcessCpu serverBefore = ProcessCpu.of(server.pid());
        JitCpu jitBefore = JitCpu.of(server.pid());
        ProcessCpu selfBefore = ProcessCpu.of(self);
        long machineBefore = MachineCpu.busyNanos();
        long loadBefore = load.cpuNanos();
        long countBefore = load.completed();
        long start = System.nanoTime();

        waitWatching(load, millis, tick);
        for (int late = millis; load.completed() == countBefore && late < Client.TIMEOUT_MILLIS; late += TICK_MILLIS) {
            waitWatching(load, TICK_MILLIS, tick);
        }

        long count = load.completed() - countBefore;
        long wall = System.nanoTime() - start;
        long serverCpu = ProcessCpu.of(server.pid()).since(serverBefore);
        long jitCpu = JitCpu.of(server.pid()).since(jitBefore);
        long generatorCpu = load.cpuNanos() - loadBefore;
        long selfCpu = ProcessCpu.of(self).since(selfBefore);
        long machine = MachineCpu.busyNanos() - machineBefore;
        load.check();
        return new Window(count, wall, serverCpu, jitCpu, generatorCpu, load.threads(), machine - serverCpu - selfCpu);
    }

    private static void waitWatching(Load load, int millis, Runnable tick) {
        for (int left = millis; left > 0; left -= TICK_MILLIS) {
            Threads.sleep(Math.min(TICK_MILLIS, left));
            load.check();
            tick.run();
        }
    }
}
