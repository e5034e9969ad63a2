package dev.plainweave.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final WarmUp warmUp = new WarmUp();

    @Test
    void isWarmAfterFourQuietWindowsThatAgree() {
        windows(20, 21, 20.5);
        assertFalse(warmUp.warm());
        windows(22);
        assertTrue(warmUp.warm());
    }

    /** As measured of a GET: what the JIT costs falls on answers that grow cheaper all the time. */
    @Test
    void isNotWarmWhileTheCompilersWork() {
        for (int i = 0; i < 8; i++) {
            warmUp.window(54, 0.6);
        }
        assertFalse(warmUp.warm());
        assertEquals("measured cold: the JIT was still compiling a moment before", warmUp.wanting());
    }

    @Test
    void aCompilationStartsTheCountAgain() {
        windows(20, 20, 20);
        warmUp.window(20, 0.3);
        windows(20, 20, 20);
        assertFalse(warmUp.warm());
        windows(20);
        assertTrue(warmUp.warm());
    }

    @Test
    void isNotWarmWhileAnswersGrowCheaper() {
        windows(30, 28, 26, 24);
        assertFalse(warmUp.warm());
        assertEquals("the last windows of the warm-up differed by 16 %", warmUp.wanting());
        windows(23, 23, 23);
        assertTrue(warmUp.warm(), "only the last four count");
    }

    /** As measured of an echo, long after the last compilation. */
    @Test
    void isWarmWhereOnlyTheMachineIsRestless() {
        windows(11.8, 9.5, 11.3, 11.9);
        assertTrue(warmUp.warm());
    }

    private void windows(double... micros) {
        for (double each : micros) {
            warmUp.window(each, 0.02);
        }
    }
}
