package dev.plainweave.websocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the runs of {@link FaultMatrixTest} have counted, as the tables of the README: printed, and in {@code target/faults.md}. */
final class FaultTally {
    private static final Path FILE = Path.of("target", "faults.md");

    /**
     * One server's figures, without its warm-up.
     *
     * @param befallen how often each fault was gone through
     * @param sent messages of the neighbours
     * @param lost those of them that did not come back
     * @param leaks threads, sockets, pooled buffers, and sessions on the heap, that were left
     * @param logLines at INFO or above
     */
    record Figures(
            String server,
            Map<Fault, Integer> befallen,
            long opened,
            long ended,
            long sent,
            long lost,
            long leaks,
            long logLines) {
        private String line() {
            return FaultTally.row(
                    server,
                    befallen.size(),
                    befallen.values().stream().mapToInt(each -> each).sum(),
                    opened,
                    ended,
                    sent,
                    lost,
                    leaks,
                    logLines);
        }
    }

    private FaultTally() {}

    static void write(List<Figures> all) throws IOException {
        String text = Stream.concat(
                        Stream.of(
                                row(
                                        "server",
                                        "kinds of faults",
                                        "faults",
                                        "sessions opened",
                                        "ended",
                                        "neighbours' messages",
                                        "lost",
                                        "leaks",
                                        "log lines"),
                                "|---|---|---|---|---|---|---|---|---|"),
                        all.stream().map(Figures::line))
                .collect(Collectors.joining("\n", "", "\n\n"));
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, text + kinds(all));
        System.out.print(Files.readString(FILE));
    }

    /** How often each kind befell a client, at which stage, on all servers together. */
    private static String kinds(List<Figures> all) {
        List<String> effects = all.stream()
                .flatMap(each -> each.befallen().keySet().stream())
                .map(FaultTally::effect)
                .distinct()
                .sorted()
                .toList();
        String head = row(Stream.concat(Stream.of("stage"), effects.stream()).toArray());
        String line = "|---".repeat(effects.size() + 1) + "|";
        return Stream.concat(
                        Stream.of(head, line),
                        Stream.of(Stage.values())
                                .map(stage -> row(Stream.concat(
                                                Stream.of(stage.name()
                                                        .toLowerCase(java.util.Locale.ROOT)
                                                        .replace('_', ' ')),
                                                effects.stream().map(effect -> times(all, stage, effect)))
                                        .toArray())))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String effect(Fault fault) {
        return fault.effect().getClass().getSimpleName();
    }

    private static String times(List<Figures> all, Stage stage, String effect) {
        int times = all.stream()
                .flatMap(each -> each.befallen().entrySet().stream())
                .filter(each ->
                        each.getKey().stage() == stage && effect(each.getKey()).equals(effect))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return times == 0 ? "" : Integer.toString(times);
    }

    private static String row(Object... cells) {
        return Stream.of(cells)
                .map(cell -> cell instanceof Number number ? String.format("%,d", number.longValue()) : cell.toString())
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
