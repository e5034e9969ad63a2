package dev.plainweave.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    @Test
    void variantsAreInterleavedForwardAndBackward() {
        Plan plan = Plan.of(Options.parse("--rounds", "3", "--only", "ws-echo", "--variants", "floor,helidon"));
        assertEquals(
                List.of("floor", "helidon", "helidon", "floor", "floor", "helidon"),
                plan.steps().stream().map(step -> step.variant().name()).toList());
    }

    @Test
    void plainDashDBenchMeansQuick() {
        assertEquals(Size.QUICK, Options.parse("--size", "true").size());
        assertEquals(Size.FULL, Options.parse("--full").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--only nothing", "--variants nothing", "--rounds x", "--rounds 0", "--what 1", "--jar"})
    void whatIsWrongIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> Plan.of(Options.parse(line.split(" ", -1))));
    }
}
