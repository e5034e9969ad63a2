package dev.plainweave.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings by name, from a file, the environment, and options, of which the later wins. What is wrong is refused where it is
 * read, with the place where it stands.
 */
final class Config {
    private static final Logger LOGGER = LoggerFactory.getLogger(Config.class);
    private static final String ENVIRONMENT = "PLAINWEAVE_";
    /** Every setting, and how its text is read. */
    private static final Map<String, Function<String, ?>> SETTINGS = settings();

    private record Entry(String text, String where) {}

    private final Map<String, Entry> file = new HashMap<>();
    private final Map<String, Entry> environment = new HashMap<>();
    private final Map<String, Entry> options = new HashMap<>();
    private boolean environmentRead;

    private static Map<String, Function<String, ?>> settings() {
        Map<String, Function<String, ?>> known = new TreeMap<>();
        known.put("port", Config::port);
        known.put("host", Function.identity());
        known.put("io", IoPolicy::parse);
        known.put("accessLog", AccessLog::parse);
        known.put("health", Config::path);
        known.put("metrics", Config::path);
        known.put("readinessDelay", text -> Quantity.duration("readinessDelay", text));
        known.put("tls.certificates", Path::of);
        known.put("tls.key", Path::of);
        known.put("tls.keyStore", Path::of);
        known.put("tls.password", Function.identity());
        known.put("tls.reloadEvery", text -> Quantity.duration("tls.reloadEvery", text));
        for (Limit limit : Limit.values()) {
            known.put("limits." + limit.key(), limit::parse);
        }
        return known;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notOne) {
            // the same answer as for one out of range
        }
        throw new IllegalArgumentException("port must be a number from 0 to 65535, was '" + text + "'");
    }

    static String path(String text) {
        if (!text.startsWith("/") || text.length() == 1 || text.endsWith("/") || text.contains("*")) {
            throw new IllegalArgumentException("expected a path such as /health, was '" + text + "'");
        }
        return URI.create(text).getPath();
    }

    /** Adds the settings of a file: lines of {@code name = value}, comments after {@code #}, UTF-8. */
    void readFile(Path source) {
        List<String> lines;
        try {
            lines = Files.readAllLines(source);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + source, missing);
        } catch (CharacterCodingException other) {
            throw new IllegalArgumentException(source + " is not UTF-8", other);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(source + " cannot be read: " + unreadable, unreadable);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String where = source + ", line " + (i + 1);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(where + ": expected name = value, was '" + line + "'");
            }
            String name = line.substring(0, equals).strip();
            add(file, name, line.substring(equals + 1).strip(), where);
        }
    }

    /** Takes what there is of {@code PLAINWEAVE_PORT}, {@code PLAINWEAVE_LIMITS_HEADER_BYTES} and so on. */
    void readEnvironment(Map<String, String> variables) {
        if (environmentRead) {
            return;
        }
        environmentRead = true;
        Map<String, String> names = new HashMap<>();
        SETTINGS.keySet().forEach(name -> names.put(variable(name), name));
        variables.forEach((variable, value) -> {
            String name = names.get(variable);
            if (name != null && !value.isBlank()) {
                add(environment, name, value.strip(), "the environment's " + variable);
            } else if (name == null && variable.startsWith(ENVIRONMENT)) {
                LOGGER.warn("the environment's {} is no setting and has no effect", variable);
            }
        });
    }

    /** The environment variable of a setting: {@code PLAINWEAVE_LIMITS_HEADER_BYTES} of {@code limits.headerBytes}. */
    static String variable(String name) {
        return ENVIRONMENT
                + name.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Adds settings that were given by name. */
    void add(Map<String, String> given) {
        given.forEach((name, text) -> {
            options.remove(name);
            add(options, name, text.strip(), "option " + name);
        });
    }

    private static void add(Map<String, Entry> layer, String name, String text, String where) {
        Function<String, ?> reader = SETTINGS.get(name);
        if (reader == null) {
            throw new IllegalArgumentException(
                    where + ": there is no setting '" + name + "'; there are " + String.join(", ", SETTINGS.keySet()));
        }
        Entry entry = new Entry(text, where);
        if (layer.putIfAbsent(name, entry) != null) {
            throw new IllegalArgumentException(where + ": " + name + " is set a second time");
        }
        read(reader, name, entry);
    }

    private static <T> T read(Function<String, T> reader, String name, Entry entry) {
        try {
            if (entry.text().isEmpty()) {
                throw new IllegalArgumentException("a value is missing");
            }
            return reader.apply(entry.text());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(entry.where() + ": " + name + ": " + wrong.getMessage(), wrong);
        }
    }

    /** What the last of the places says that has an opinion. */
    <T> Optional<T> get(String name, Function<String, T> reader) {
        Entry entry = options.getOrDefault(name, environment.getOrDefault(name, file.get(name)));
        return Optional.ofNullable(entry).map(found -> read(reader, name, found));
    }

    Optional<Integer> port() {
        return get("port", Config::port);
    }

    /** The certificate, if one is named. */
    Optional<Tls> tls() {
        Optional<Path> certificates = get("tls.certificates", Path::of);
        Optional<Path> key = get("tls.key", Path::of);
        Optional<Path> store = get("tls.keyStore", Path::of);
        if (certificates.isPresent() != key.isPresent() || (store.isPresent() && key.isPresent())) {
            throw new IllegalArgumentException(
                    "TLS takes tls.certificates and tls.key together, or tls.keyStore (and tls.password) alone");
        }
        Optional<Tls> tls = store.isPresent()
                ? store.map(file -> Tls.keyStore(
                        file, get("tls.password", Function.identity()).orElse("")))
                : certificates.map(chain -> Tls.pem(chain, key.orElseThrow()));
        return tls.map(made -> get("tls.reloadEvery", text -> Quantity.duration("tls.reloadEvery", text))
                .map(made::reloadEvery)
                .orElse(made));
    }

    /** Those that are set here. */
    void applyTo(Limits.Builder limits) {
        for (Limit limit : Limit.values()) {
            get("limits." + limit.key(), Function.identity()).ifPresent(text -> limits.set(limit.key(), text));
        }
    }
}
