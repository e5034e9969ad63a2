package dev.plainweave.bench.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessCpuTest {
    private static final long BURNT = 300_000_000;
    private static final long SLACK = 100_000_000;

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

    private static void burn() {
        var threads = ManagementFactory.getThreadMXBean();
        while (threads.getCurrentThreadCpuTime() < BURNT) {
            Thread.onSpinWait();
        }
    }
}
