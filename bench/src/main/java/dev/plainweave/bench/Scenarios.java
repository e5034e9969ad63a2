package dev.plainweave.bench;

import dev.plainweave.bench.scenario.BlockingHandler;
import dev.plainweave.bench.scenario.HalfOpen;
import dev.plainweave.bench.scenario.HttpKeepalive;
import dev.plainweave.bench.scenario.HttpPost;
import dev.plainweave.bench.scenario.IdleMemory;
import dev.plainweave.bench.scenario.IdleMost;
import dev.plainweave.bench.scenario.ResetStorm;
import dev.plainweave.bench.scenario.Scenario;
import dev.plainweave.bench.scenario.Shutdown;
import dev.plainweave.bench.scenario.SlowConsumer;
import dev.plainweave.bench.scenario.UiIdle;
import dev.plainweave.bench.scenario.UiRoundtrip;
import dev.plainweave.bench.scenario.WsChurn;
import dev.plainweave.bench.scenario.WsEcho;
import dev.plainweave.bench.scenario.WsEchoSizes;
import dev.plainweave.bench.scenario.WsFanout;
import dev.plainweave.bench.scenario.WssEcho;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scenarios there are, in the order of the report, and in which those follow each other that share a server process
 * and a budget for warming up: HTTP takes most of it, and after sessions have come and gone the others need little.
 */
final class Scenarios {
    private static final List<Scenario> QUICK =
            List.of(new WsEcho(), new HttpKeepalive(), new BlockingHandler(), new ResetStorm(), new IdleMemory());
    private static final List<Scenario> MORE = List.of(
            new WsEchoSizes(),
            new HttpPost(),
            new WsFanout(),
            new WsChurn(),
            new IdleMost(),
            new SlowConsumer(),
            new HalfOpen(),
            new WssEcho(),
            new Shutdown(),
            new UiRoundtrip(),
            new UiIdle());
    private static final List<Scenario> ALL =
            Stream.concat(QUICK.stream(), MORE.stream()).toList();

    private Scenarios() {}

    /** Those asked for by name; else those of the size: all of them, or the quick ones. */
    static List<Scenario> chosen(Options options) {
        for (String name : options.only()) {
            if (ALL.stream().noneMatch(scenario -> scenario.name().equals(name))) {
                throw new IllegalArgumentException("--only " + name + ": no such scenario; there are " + names());
            }
        }
        if (!options.only().isEmpty()) {
            return ALL.stream()
                    .filter(scenario -> options.only().contains(scenario.name()))
                    .toList();
        }
        return options.size().name().equals(Size.QUICK.name()) ? QUICK : ALL;
    }

    static List<Scenario> all() {
        return ALL;
    }

    static String names() {
        return ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
    }
}
