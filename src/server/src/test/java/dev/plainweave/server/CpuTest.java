package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CpuTest {
    @Test
    void workRunsOnAPlatformThreadAndItsResultComesBack() throws Exception {
        Thread thread = Cpu.run(Thread::currentThread);
        assertFalse(thread.isVirtual());
        assertTrue(thread.isDaemon());
        assertTrue(thread.getName().startsWith("cpu-"), thread::getName);
        assertEquals(Runtime.getRuntime().availableProcessors(), Cpu.threads());
    }

    @Test
    void workWithinWorkRunsAtOnce() throws Exception {
        assertTrue(Cpu.run(() -> {
            Thread outer = Thread.currentThread();
            return Cpu.run(() -> Thread.currentThread() == outer);
        }));
    }

    @Test
    void whatTheWorkThrowsIsThrownItself() {
        IOException checked = new IOException("checked");
        assertSame(
                checked,
                assertThrows(
                        IOException.class,
                        () -> Cpu.run(() -> {
                            throw checked;
                        })));
        StackOverflowError error = new StackOverflowError();
        assertSame(
                error,
                assertThrows(
                        StackOverflowError.class,
                        () -> Cpu.run(() -> {
                            throw error;
                        })));
    }

    @Test
    void anInterruptGivesUpAndIsPassedOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                Cpu.run(() -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException stopped) {
                        interrupted.countDown();
                    }
                    return 0;
                });
            } catch (Exception failed) {
                thrown.set(failed);
            }
        });
        begun.await();
        caller.interrupt();
        assertTrue(caller.join(Duration.ofSeconds(10)));
        assertTrue(thrown.get() instanceof InterruptedException, () -> "thrown: " + thrown.get());
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void aFullQueueRefusesWithItsNumbers() throws Exception {
        ThreadPoolExecutor pool = Cpu.pool(1, 1);
        CountDownLatch leave = new CountDownLatch(1);
        FutureTask<Object> busy = new FutureTask<>(() -> {
            leave.await();
            return 0;
        });
        long refused = Cpu.refused();
        pool.execute(busy);
        pool.execute(() -> {});
        RejectedExecutionException full = assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
        assertTrue(full.toString().contains("all 1 cpu threads are busy and 1 tasks wait already"), full::toString);
        assertTrue(full.toString().contains(Cpu.QUEUE), full::toString);
        assertEquals(refused + 1, Cpu.refused());
        leave.countDown();
        pool.shutdown();
    }

    @Test
    void aSettingThatWillNotDoIsNamed() {
        String property = CpuTest.class.getName();
        assertEquals(7, Cpu.setting(property, 7, 10));
        System.setProperty(property, "11");
        try {
            assertThrows(IllegalArgumentException.class, () -> Cpu.setting(property, 7, 10));
        } finally {
            System.clearProperty(property);
        }
    }
}
