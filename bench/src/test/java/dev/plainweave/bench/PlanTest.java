package dev.plainweave.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.scenario.Flags;
import dev.plainweave.bench.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final Duration QUICK = Duration.ofMinutes(8);

    private static Plan plan(String... arguments) {
        return Plan.of(Options.parse(arguments));
    }

    private static Set<String> names(Plan plan, String scenario) {
        return plan.steps().stream()
                .filter(step ->
                        step.scenarios().stream().anyMatch(each -> each.name().equals(scenario)))
                .map(step -> step.variant().name())
                .collect(Collectors.toSet());
    }

    @Test
    void variantsAreInterleavedForwardAndBackward() {
        Plan plan = plan("--rounds", "3", "--only", "ws-echo", "--variants", "floor,helidon");
        assertEquals(
                List.of("floor", "helidon", "helidon", "floor", "floor", "helidon"),
                plan.steps().stream().map(step -> step.variant().name()).toList());
    }

    @Test
    void quickIsTheDefaultAndTakesAtMostEightMinutes() {
        Plan plan = plan();
        assertEquals(Size.QUICK, plan.size());
        assertTrue(plan.expected().compareTo(QUICK) <= 0, plan.expected().toString());
        assertEquals(3, plan.steps().stream().mapToInt(Plan.Step::round).max().orElseThrow() + 1);
    }

    @Test
    void quickVisitsEachVariantOnceARoundAndFullOnceAScenario() {
        assertEquals(12, plan().steps().size());
        Plan full = plan("--size", "full");
        assertTrue(full.steps().stream().allMatch(step -> step.scenarios().size() == 1));
        assertTrue(full.steps().size() > 12 * full.size().rounds());
    }

    @Test
    void whoNeedsAProcessOfItsOwnHasOne() {
        Plan plan =
                plan("--size", "smoke", "--only", "ws-echo,wss-echo,http-keepalive", "--variants", "native-blocking");
        assertEquals(
                List.of(List.of("ws-echo", "http-keepalive"), List.of("wss-echo")),
                plan.steps().stream()
                        .map(step ->
                                step.scenarios().stream().map(Scenario::name).toList())
                        .toList());
    }

    @Test
    void quickComparesTheFourVariantsWhereverTheyHaveTheRoute() {
        Set<String> all = Set.of("native-blocking", "native-selector", "jakarta-selector", "floor");
        Set<String> servers = Set.of("native-blocking", "native-selector", "jakarta-selector");
        assertEquals(all, names(plan(), "ws-echo"));
        for (String scenario : List.of("http-keepalive", "blocking-handler", "reset-storm", "idle-memory")) {
            assertEquals(servers, names(plan(), scenario), scenario); // the floor is an echo, and no more
        }
    }

    @Test
    void aJarIsMeasuredWhereItServesWhatIsAsked() {
        Plan plan = plan("--jar", "some.jar", "--variants", "native-blocking,floor");
        Set<String> ofJar = plan.steps().stream()
                .filter(step -> step.variant().target().contains("-jar"))
                .flatMap(step -> step.scenarios().stream()
                        .map(scenario -> scenario.name() + " " + step.variant().name()))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "ws-echo native-blocking",
                        "http-keepalive native-blocking",
                        "idle-memory native-blocking",
                        "reset-storm native-blocking"),
                ofJar);
    }

    @Test
    void optionsWithoutAValueAreAbsent() {
        assertEquals(Options.parse(), Options.parse("--size=", "--only=", "--jar=", "--poller=", "--baseline="));
        assertEquals(Size.QUICK, Options.parse("--size=true").size());
        assertEquals(Size.FULL, Options.parse("--size=full").size());
        assertTrue(Options.parse("--size=off").off());
    }

    @Test
    void allServersHaveThePollerModeThatIsAskedFor() {
        assertEquals(Flags.ALL, Options.parse().flags());
        assertEquals(
                "-Djdk.pollerMode=1", Options.parse("--poller", "1").flags().getLast());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--only nothing",
                "--variants nothing",
                "--rounds x",
                "--rounds 0",
                "--what 1",
                "--jar",
                "--poller 3",
                "--size big"
            })
    void whatIsWrongIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> plan(line.split(" ", -1)));
    }
}
