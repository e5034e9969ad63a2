package dev.plainweave.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line.
 *
 * @param only scenarios to run; empty for all
 * @param variants variants to run in every scenario; empty for each scenario's own choice
 */
public record Options(Size size, List<String> only, List<String> variants, Path jar, Path out) {

    static final String USAGE = """
        usage: Harness [options]
          --size smoke|quick|full   how long (default quick: at most 8 minutes); --smoke, --quick, --full do the same
          --rounds N                visits to each variant, each a fresh process
          --idle N                  sessions of idle-memory
          --only a,b                scenarios: ws-echo, idle-memory, upgrades, http-keepalive, reset-storm
          --variants a,b            native-blocking, native-selector, jakarta-blocking, jar-jakarta-selector,
                                    jakarta-selector, floor, helidon; the first is compared with the others
          --jar PATH                the product's jar (default ../src/gallery/target/plainweave.jar)
          --out DIR                 results.json and the servers' output (default target)
        exit status: 0 all measured, 1 a variant failed, 2 wrong usage\
        """;

    /** Parses; throws IllegalArgumentException with one clear line. */
    public static Options parse(String... arguments) {
        Size size = Size.QUICK;
        int rounds = 0;
        int idle = 0;
        List<String> only = List.of();
        List<String> variants = List.of();
        Path jar = Path.of("../src/gallery/target/plainweave.jar");
        Path out = Path.of("target");
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (List.of("--smoke", "--quick", "--full").contains(option)) {
                size = Size.named(option.substring(2));
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(option + ": unknown option, or its value is missing");
            }
            String value = arguments[++i];
            switch (option) {
                case "--size" -> size = Size.named(value);
                case "--rounds" -> rounds = positive(option, value);
                case "--idle" -> idle = positive(option, value);
                case "--only" -> only = List.of(value.split(",", -1));
                case "--variants" -> variants = List.of(value.split(",", -1));
                case "--jar" -> jar = Path.of(value);
                case "--out" -> out = Path.of(value);
                default -> throw new IllegalArgumentException(option + ": unknown option");
            }
        }
        size = rounds > 0 ? size.withRounds(rounds) : size;
        size = idle > 0 ? size.withIdleSessions(idle) : size;
        return new Options(size, only, variants, jar, out);
    }

    private static int positive(String option, String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(option + " " + value + ": expected a number from 1 to 999999");
        }
        return Integer.parseInt(value);
    }
}
