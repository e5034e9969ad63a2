package dev.plainweave.bench;

import dev.plainweave.bench.scenario.HttpKeepalive;
import dev.plainweave.bench.scenario.IdleMemory;
import dev.plainweave.bench.scenario.ResetStorm;
import dev.plainweave.bench.scenario.Scenario;
import dev.plainweave.bench.scenario.Upgrades;
import dev.plainweave.bench.scenario.WsEcho;
import java.util.ArrayList;
import java.util.List;

/** Which variants meet which scenarios, in which order. */
record Plan(List<Step> steps) {

    /** One visit: a fresh server of this variant, one scenario, one round. */
    record Step(Scenario scenario, Variant variant, int round) {}

    private static final List<Scenario> SCENARIOS =
            List.of(new WsEcho(), new IdleMemory(), new Upgrades(), new HttpKeepalive(), new ResetStorm());
    private static final List<String> PRODUCT =
            List.of(Variant.NATIVE_BLOCKING, Variant.NATIVE_SELECTOR, Variant.JAR_JAKARTA_SELECTOR);
    private static final List<String> WITH_PEERS = List.of(
            Variant.NATIVE_BLOCKING,
            Variant.NATIVE_SELECTOR,
            Variant.JAR_JAKARTA_SELECTOR,
            Variant.FLOOR,
            Variant.HELIDON);

    /** Interleaved: the variants forward in even rounds, backward in odd ones (A B B A). */
    static Plan of(Options options) {
        List<Step> steps = new ArrayList<>();
        for (Scenario scenario : chosen(options.only())) {
            List<Variant> variants = variants(options, scenario);
            for (int round = 0; round < scenario.rounds(options.size().rounds()); round++) {
                for (Variant variant : round % 2 == 0 ? variants : variants.reversed()) {
                    steps.add(new Step(scenario, variant, round));
                }
            }
        }
        return new Plan(steps);
    }

    private static List<Scenario> chosen(List<String> only) {
        for (String name : only) {
            if (SCENARIOS.stream().noneMatch(scenario -> scenario.name().equals(name))) {
                throw new IllegalArgumentException("--only " + name + ": no such scenario");
            }
        }
        return SCENARIOS.stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.name()))
                .toList();
    }

    private static List<Variant> variants(Options options, Scenario scenario) {
        List<String> names =
                !options.variants().isEmpty() ? options.variants() : scenario instanceof WsEcho ? WITH_PEERS : PRODUCT;
        List<Variant> all = Variant.all(options.jar().toAbsolutePath().normalize());
        return names.stream()
                .map(name -> all.stream()
                        .filter(variant -> variant.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("--variants " + name + ": no such variant")))
                .toList();
    }
}
