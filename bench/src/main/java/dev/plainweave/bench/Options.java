package dev.plainweave.bench;

import dev.plainweave.bench.scenario.Flags;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line; an option without a value ({@code --only=}) is as good as absent, so that a build can pass all of them.
 *
 * @param off whether to do nothing at all
 * @param only scenarios to run; empty for all of the size
 * @param variants variants to run in every scenario; empty for each scenario's own choice
 * @param jar the product's jar, to be measured instead of the class path
 * @param poller the servers' {@code jdk.pollerMode}: 1 for platform threads, 2 for virtual ones; empty for the JDK's
 *     default
 * @param out where the report goes
 * @param baseline whether to make this run the baseline, and the README's numbers from it
 */
public record Options(
        boolean off,
        Size size,
        List<String> only,
        List<String> variants,
        Optional<Path> jar,
        Optional<String> poller,
        Path out,
        boolean baseline) {

    static final String USAGE = """
        usage: Harness [options]            (in brackets: the same for mvn -pl bench verify)
          --size quick|full|smoke|off       how long; quick, the default, takes about 8 minutes (-Dbench=)
          --only a,b                        these scenarios only; see the list below (-Dbench.only=)
          --variants a,b                    native-blocking, native-selector, jakarta-blocking, jakarta-selector, floor,
                                            stock-jetty, helidon, tomcat; the first is compared with the others (-Dbench.variants=)
          --rounds N                        visits to each variant, each a fresh process (-Dbench.rounds=)
          --idle N                          sessions of idle-memory (-Dbench.idle=)
          --jar PATH                        measure the product's jar where a scenario allows it (-Dbench.jar=)
          --poller 1|2                      jdk.pollerMode of all servers; without, the JDK's default (-Dbench.poller=)
          --baseline true                   make this run bench/baseline.json and README.md's numbers (-Dbench.baseline=true)
          --out DIR                         report/index.html, report/results.json, bench-logs (default target)
        exit status: 0 fine, 1 an invariant broke or CPU rose against the baseline, 2 wrong usage\
        """;

    /** Parses; throws IllegalArgumentException with one clear line. */
    public static Options parse(String... arguments) {
        Size size = Size.QUICK;
        boolean off = false;
        boolean baseline = false;
        int rounds = 0;
        int idle = 0;
        List<String> only = List.of();
        List<String> variants = List.of();
        Optional<Path> jar = Optional.empty();
        Optional<String> poller = Optional.empty();
        Path out = Path.of("target");
        for (int i = 0; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            String option = equals < 0 ? arguments[i] : arguments[i].substring(0, equals);
            if (equals < 0 && i + 1 == arguments.length) {
                throw new IllegalArgumentException(option + ": unknown option, or its value is missing");
            }
            String value = equals < 0 ? arguments[++i] : arguments[i].substring(equals + 1);
            if (value.isEmpty()) {
                continue;
            }
            switch (option) {
                case "--size" -> {
                    off = value.equals("off") || value.equals("false");
                    size = off ? size : Size.named(value);
                }
                case "--rounds" -> rounds = positive(option, value);
                case "--idle" -> idle = positive(option, value);
                case "--only" -> only = List.of(value.split(",", -1));
                case "--variants" -> variants = List.of(value.split(",", -1));
                case "--jar" ->
                    jar = Optional.of(Path.of(value).toAbsolutePath().normalize());
                case "--poller" -> poller = Optional.of(poller(value));
                case "--out" -> out = Path.of(value);
                case "--baseline" -> baseline = Boolean.parseBoolean(value);
                default -> throw new IllegalArgumentException(option + ": unknown option");
            }
        }
        size = rounds > 0 ? size.withRounds(rounds) : size;
        size = idle > 0 ? size.withIdleSessions(idle) : size;
        return new Options(off, size, only, variants, jar, poller, out, baseline);
    }

    /** JVM flags of the servers, the same for all of them. */
    List<String> flags() {
        return Stream.concat(Flags.ALL.stream(), poller.stream().map(mode -> Flags.POLLER_MODE + mode))
                .toList();
    }

    private static String poller(String value) {
        if (!value.equals("1") && !value.equals("2")) {
            throw new IllegalArgumentException("--poller " + value + ": expected 1 or 2");
        }
        return value;
    }

    private static int positive(String option, String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(option + " " + value + ": expected a number from 1 to 999999");
        }
        return Integer.parseInt(value);
    }
}
