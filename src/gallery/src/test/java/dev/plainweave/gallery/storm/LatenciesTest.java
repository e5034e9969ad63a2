package dev.plainweave.gallery.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void nothingMeasured() {
        assertEquals(new Latencies.Summary(0, 0, 0, 0), latencies.take());
    }

    @Test
    void percentilesOfWhatCameSinceTheLastLook() {
        for (int micros = 100; micros >= 1; micros--) {
            latencies.add(micros * 1000L);
        }
        assertEquals(new Latencies.Summary(100, 50, 99, 100), latencies.take());
        latencies.add(7_000);
        assertEquals(new Latencies.Summary(1, 7, 7, 7), latencies.take());
    }
}
