package dev.plainweave.gallery;

import dev.plainweave.server.IoPolicy;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the command line asks for. */
record Options(
        boolean help, int port, Optional<String> host, Optional<IoPolicy> io, Optional<TlsFiles> tls, boolean demo) {
    static final String USAGE = """
        Usage: java -jar plainweave.jar [options]

          --port PORT              port to listen on, 0 for any free one (default 8080)
          --host ADDRESS           address to listen on (default localhost: this machine alone can
                                   connect; 0.0.0.0 for all interfaces)
          --io blocking|selector   how connections wait for bytes (default: the environment's
                                   PLAINWEAVE_IO, or else blocking)
          --tls-cert FILE          serve https: certificate chain in PEM form, and
          --tls-key FILE           its private key in PEM form
          --config FILE            settings: lines of name = value, such as limits.bodyBytes = 1MiB
          --set NAME=VALUE         one setting; it wins over the environment and the file
          --access-log FORMAT      log every request: off, combined or json (default: off)
          --log text|json          how to log on stderr: lines for people, or an object a line (default: text)
          --demo                   storms for every visitor, also of other machines (default: only on
                                   localhost; see the page /storm)
          --help                   print this and leave

        It serves the pages / (begin here), /elements, /wizard, /dashboard, /chat, /board, /storm and
        /sleep; /echo and /guest (WebSockets), /jakarta/echo (a Jakarta WebSocket endpoint), /slow?ms=250
        (a handler that sleeps), /health, and /metrics (for Prometheus).

        Ctrl-C and SIGTERM let requests and sessions finish for up to 10 seconds; the exit code is then
        130 or 143, as for any Java program. What cannot be started says why on one line and exits with 2.
        More log: java -Dplainweave.log.dev.plainweave=DEBUG -jar plainweave.jar, or any other logger
        """;

    /** Where it listens when nothing else is asked for: a demo is not for the whole network. */
    static final String DEFAULT_HOST = "localhost";

    private static final int DEFAULT_PORT = 8080;
    private static final String DEMO = "--demo";
    private static final Set<String> NAMES = Set.of("--port", "--host", "--io", "--tls-cert", "--tls-key");

    /** The PEM pair. */
    record TlsFiles(Path certificates, Path key) {}

    /**
     * Reads the command line; of an option given twice, the last counts.
     *
     * @throws UsageException for an unknown option, or a value that is missing or bad
     */
    static Options parse(String... arguments) throws UsageException {
        Map<String, String> values = new HashMap<>();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            if (argument.equals("--help") || argument.equals("-h")) {
                return new Options(true, DEFAULT_PORT, Optional.empty(), Optional.empty(), Optional.empty(), false);
            }
            if (argument.equals(DEMO)) {
                values.put(DEMO, "");
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new UsageException("unknown option '" + argument + "'; --help lists them");
            }
            String value = equals < 0 ? value(name, rest) : argument.substring(equals + 1);
            if (value.isBlank()) {
                throw new UsageException(name + " needs a value");
            }
            values.put(name, value);
        }
        Optional<String> host = Optional.ofNullable(values.get("--host"));
        return new Options(false, port(values), host, io(values), tls(values), values.containsKey(DEMO));
    }

    private static String value(String name, Deque<String> rest) throws UsageException {
        String next = rest.peek();
        if (next == null || next.startsWith("--")) {
            throw new UsageException(name + " needs a value");
        }
        return rest.remove();
    }

    private static int port(Map<String, String> values) throws UsageException {
        String text = values.getOrDefault("--port", Integer.toString(DEFAULT_PORT));
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notOne) {
            // the same answer as for one out of range
        }
        throw new UsageException("--port must be a number from 0 to 65535, was '" + text + "'");
    }

    private static Optional<IoPolicy> io(Map<String, String> values) throws UsageException {
        String name = values.get("--io");
        if (name == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(IoPolicy.parse(name));
        } catch (IllegalArgumentException unknown) {
            throw new UsageException("--io must be blocking or selector, was '" + name + "'");
        }
    }

    private static Optional<TlsFiles> tls(Map<String, String> values) throws UsageException {
        String certificates = values.get("--tls-cert");
        String key = values.get("--tls-key");
        if (certificates == null && key == null) {
            return Optional.empty();
        }
        if (certificates == null || key == null) {
            throw new UsageException("--tls-cert and --tls-key go together, "
                    + (key == null ? "--tls-key" : "--tls-cert") + " is missing");
        }
        return Optional.of(new TlsFiles(Path.of(certificates), Path.of(key)));
    }
}
