package dev.plainweave.bench;

import dev.plainweave.bench.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which variants meet which scenarios, in which order. */
record Plan(List<Step> steps, Size size) {

    /** One visit: a fresh server of this variant, and what is measured on it, one after the other. */
    record Step(List<Scenario> scenarios, Variant variant, int round) {

        /** For all warm-ups of the visit together. */
        int warmUpMillis(Size size) {
            return (int) scenarios.stream().filter(Scenario::warmsUp).count() * size.maxWarmUpMillis();
        }
    }

    /** Of every visit: the JVM's start, the protocol check, and its end. */
    static final int PROCESS_MILLIS = 1_800;

    private static final List<String> DEFAULT =
            List.of(Variant.NATIVE_BLOCKING, Variant.NATIVE_SELECTOR, Variant.JAKARTA_SELECTOR, Variant.FLOOR);
    private static final List<String> ALL = List.of(
            Variant.NATIVE_BLOCKING,
            Variant.NATIVE_SELECTOR,
            Variant.JAKARTA_SELECTOR,
            Variant.FLOOR,
            Variant.JAKARTA_BLOCKING,
            Variant.STOCK_JETTY,
            Variant.HELIDON,
            Variant.TOMCAT);

    /** Interleaved: the variants forward in even rounds, backward in odd ones (A B B A). */
    static Plan of(Options options) {
        List<Step> steps = new ArrayList<>();
        for (List<Scenario> group : groups(options)) {
            Map<Variant, List<Scenario>> visits = visits(options, group);
            List<Variant> variants = List.copyOf(visits.keySet());
            for (int round = 0; round < options.size().rounds(); round++) {
                for (Variant variant : round % 2 == 0 ? variants : variants.reversed()) {
                    steps.add(new Step(List.copyOf(visits.getOrDefault(variant, List.of())), variant, round));
                }
            }
        }
        return new Plan(List.copyOf(steps), options.size());
    }

    /** Scenarios that share a server process: all that may, in a size that has no time for a process each. */
    private static List<List<Scenario>> groups(Options options) {
        List<List<Scenario>> groups = new ArrayList<>();
        List<Scenario> together = new ArrayList<>();
        for (Scenario scenario : Scenarios.chosen(options)) {
            if (options.size().together() && !scenario.alone()) {
                together.add(scenario);
            } else {
                groups.add(List.of(scenario));
            }
        }
        if (!together.isEmpty()) {
            groups.addFirst(together);
        }
        return groups;
    }

    /** What each variant is visited with: a jar serves fewer scenarios than the class path. */
    private static Map<Variant, List<Scenario>> visits(Options options, List<Scenario> group) {
        Map<Variant, List<Scenario>> visits = new LinkedHashMap<>();
        for (Scenario scenario : group) {
            for (Variant variant : variants(options, scenario)) {
                visits.computeIfAbsent(variant, first -> new ArrayList<>()).add(scenario);
            }
        }
        return visits;
    }

    /** How long all of it takes: what every window and warm-up may last, and what starting a process costs. */
    Duration expected() {
        long millis = (long) size.repeatMillis() + Runner.BEFORE_MILLIS;
        for (Step step : steps) {
            millis += PROCESS_MILLIS;
            for (Scenario scenario : step.scenarios()) {
                millis += scenario.visitMillis(size);
            }
        }
        return Duration.ofMillis(millis);
    }

    /** A variant that was asked for by name must exist, and is left out where it does not serve what is asked. */
    private static List<Variant> variants(Options options, Scenario scenario) {
        Map<String, Variant> known = new HashMap<>();
        Variant.all().forEach(variant -> known.put(variant.name(), variant));
        options.jar()
                .ifPresent(jar -> Variant.ofJar(jar).stream()
                        .filter(variant -> variant.serves(scenario.routes()))
                        .forEach(variant -> known.put(variant.name(), variant)));
        List<Variant> chosen = new ArrayList<>();
        for (String name : names(options)) {
            Variant variant = known.get(name);
            if (variant == null) {
                throw new IllegalArgumentException("--variants " + name + ": no such variant");
            }
            if (variant.serves(scenario.routes()) && (scenario.floor() || !name.equals(Variant.FLOOR))) {
                chosen.add(variant);
            }
        }
        return chosen;
    }

    private static List<String> names(Options options) {
        if (!options.variants().isEmpty()) {
            return options.variants();
        }
        return options.size().name().equals(Size.FULL.name()) ? ALL : DEFAULT;
    }
}
