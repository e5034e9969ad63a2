package dev.plainweave.bench.scenario;

import java.util.List;

/**
 * What happened in one timed window.
 *
 * @param count validated answers
 * @param wallNanos its length
 * @param serverCpuNanos CPU of the server process, all threads, user and system
 * @param generatorCpuNanos CPU of the generator's threads
 * @param generatorThreads their number
 * @param jitCpuNanos what the JIT's threads had of the server's: nothing in a process that is warm
 * @param foreignCpuNanos CPU of everything else on the machine, kernel and hypervisor included: noise
 */
public record Window(
        long count,
        long wallNanos,
        long serverCpuNanos,
        long jitCpuNanos,
        long generatorCpuNanos,
        int generatorThreads,
        long foreignCpuNanos) {

    /** Several windows as one. */
    static Window sum(List<Window> windows) {
        return new Window(
                windows.stream().mapToLong(Window::count).sum(),
                windows.stream().mapToLong(Window::wallNanos).sum(),
                windows.stream().mapToLong(Window::serverCpuNanos).sum(),
                windows.stream().mapToLong(Window::jitCpuNanos).sum(),
                windows.stream().mapToLong(Window::generatorCpuNanos).sum(),
                windows.getFirst().generatorThreads(),
                windows.stream().mapToLong(Window::foreignCpuNanos).sum());
    }

    public double perSecond() {
        return count * 1e9 / wallNanos;
    }

    /** Microseconds of the server's CPU per answer. */
    public double serverMicros() {
        return count == 0 ? Double.NaN : serverCpuNanos / 1e3 / count;
    }

    /** The part of a core that others used. */
    public double foreignCores() {
        return Math.max(0, (double) foreignCpuNanos / wallNanos);
    }

    /** Whether the JIT had more to do than a straggler or two. */
    boolean compiling() {
        return jitCores() > WarmUp.QUIET_CORES;
    }

    /** The part of a core that the JIT used. */
    double jitCores() {
        return (double) jitCpuNanos / wallNanos;
    }

    /** The part of a core that was not used for what is measured. */
    double disturbance() {
        return foreignCores() + jitCores();
    }

    /** The cores the generator used. */
    public double generatorCores() {
        return (double) generatorCpuNanos / wallNanos;
    }

    /** The cores the server used. */
    public double serverCores() {
        return (double) serverCpuNanos / wallNanos;
    }

    /** Whether throughput says more about the generator (or the machine it shares) than about the server. */
    public boolean generatorBound(int cores) {
        boolean ownLimit = generatorCores() > 0.9 * Math.min(generatorThreads, cores);
        boolean machineFull = serverCores() + generatorCores() > 0.93 * cores;
        return ownLimit || (machineFull && generatorCores() > serverCores());
    }
}
