package dev.plainweave.gallery;

import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.PlainweaveBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line says of settings that the server knows by name.
 *
 * @param config a file of settings
 * @param settings settings given on the command line
 * @param rest the other arguments
 */
record Operating(Optional<Path> config, Map<String, String> settings, List<String> rest) {
    private static final Set<String> NAMES = Set.of("--config", "--set", "--access-log", "--log");

    /**
     * Takes out what belongs here. The port is a setting too, where it is given: else the file may say.
     *
     * @throws UsageException for an option without its value, or an unknown log format
     */
    static Operating take(String... arguments) throws UsageException {
        Optional<Path> config = Optional.empty();
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        Iterator<String> all = Arrays.asList(arguments).iterator();
        while (all.hasNext()) {
            String argument = all.next();
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!NAMES.contains(name)) {
                rest.add(argument);
                continue;
            }
            String value = equals < 0 ? (all.hasNext() ? all.next() : "") : argument.substring(equals + 1);
            if (value.isBlank() || value.startsWith("--")) {
                throw new UsageException(name + " needs a value");
            }
            switch (name) {
                case "--config" -> config = Optional.of(Path.of(value));
                case "--access-log" -> settings.put("accessLog", value);
                case "--log" -> Logging.format(value);
                default -> {
                    int assigned = value.indexOf('=');
                    if (assigned < 1) {
                        throw new UsageException("--set takes name=value, was '" + value + "'");
                    }
                    settings.put(value.substring(0, assigned), value.substring(assigned + 1));
                }
            }
        }
        return new Operating(config, settings, rest);
    }

    /** Whether the port is among the other arguments. */
    boolean namesPort() {
        return rest.stream().anyMatch(argument -> argument.equals("--port") || argument.startsWith("--port="));
    }

    /**
     * A builder with these settings.
     *
     * @throws UsageException for a setting that is unknown or bad, saying where it stands
     */
    PlainweaveBuilder builder() throws UsageException {
        try {
            PlainweaveBuilder builder = Plainweave.builder();
            config.ifPresent(builder::configure);
            return builder.configure(settings);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }
}
