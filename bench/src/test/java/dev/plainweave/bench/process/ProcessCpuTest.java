package dev.plainweave.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessCpuTest {
    private static final long BURNT = 300_000_000;
    private static final long SLACK = 100_000_000;
    private static final long COMPILED_MILLIS = 100;

    @Test
    void burntCpuTimeIsSeenAlsoOfAThreadThatHasEnded() throws InterruptedException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ProcessCpu before = ProcessCpu.of(ProcessHandle.current().pid());
        long mineBefore = system.getProcessCpuTime();

        Thread.ofPlatform().start(ProcessCpuTest::burn).join();

        long mine = system.getProcessCpuTime() - mineBefore;
        long seen = ProcessCpu.of(ProcessHandle.current().pid()).since(before);
        assertTrue(seen >= BURNT - SLACK, "burnt " + BURNT + ", seen " + seen);
        assertTrue(Math.abs(mine - seen) < SLACK, "by the JVM's own account " + mine + ", seen " + seen);
    }

    @Test
    void theMachineIsAtLeastAsBusyAsThisProcess() throws InterruptedException {
        long machine = MachineCpu.busyNanos();
        Thread.ofPlatform().start(ProcessCpuTest::burn).join();
        assertTrue(MachineCpu.busyNanos() - machine >= BURNT - SLACK);
    }

    @Test
    void compilingIsSeen() throws Exception {
        JitCpu before = JitCpu.of(ProcessHandle.current().pid());
        assertEquals(0, before.since(before));
        var compilation = ManagementFactory.getCompilationMXBean();
        long until = compilation.getTotalCompilationTime() + COMPILED_MILLIS;
        while (compilation.getTotalCompilationTime() < until) {
            compileOnceMore();
        }
        assertTrue(JitCpu.of(ProcessHandle.current().pid()).since(before) > 1_000_000L * COMPILED_MILLIS / 4);
    }

    /** Runs hot code of a class that no compiler has seen, because this loader has just made it. */
    private static void compileOnceMore() throws Exception {
        URL classes = ProcessCpuTest.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader fresh = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            ((Runnable) fresh.loadClass(Hot.class.getName())
                            .getDeclaredConstructor()
                            .newInstance())
                    .run();
        }
    }

    /** Something to compile. */
    public static final class Hot implements Runnable {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void run() {
            for (int i = 0; i < 200_000; i++) {
                text.append(Integer.toHexString(i)).append(i % 7);
                if (text.length() > 1_000) {
                    text.setLength(0);
                }
            }
        }
    }

    private static void burn() {
        var threads = ManagementFactory.getThreadMXBean();
        while (threads.getCurrentThreadCpuTime() < BURNT) {
            Thread.onSpinWait();
        }
    }
}
