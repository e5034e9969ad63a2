package dev.plainweave.gallery;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.Tls;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.PlainweaveBuilder;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The program in plainweave.jar: reads the command line, starts the server, says where it is, and waits. */
public final class Gallery {
    private static final int OK = 0;
    private static final int USAGE = 2;

    private Gallery() {}

    /** Runs until it is told to leave; exits with 2 when it cannot start. */
    public static void main(String[] arguments) {
        int code = run(System.out, System.err, arguments);
        if (code != OK) {
            System.exit(code);
        }
    }

    /** The exit code, once there is one. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            Operating operating = Operating.take(arguments);
            Options options = Options.parse(operating.rest().toArray(String[]::new));
            if (options.help()) {
                out.print(Options.USAGE);
                return OK;
            }
            PlainweaveBuilder builder = operating.builder();
            IoPolicy io = policy(options, builder);
            WebServer server = start(options, io, builder, !operating.namesPort());
            out.println("Plainweave is up: " + server.uri() + " (" + describe(io) + ", " + upFor() + ")");
            out.flush();
            server.awaitStop();
            return OK;
        } catch (UsageException wrong) {
            err.println("plainweave: " + wrong.getMessage());
            return USAGE;
        }
    }

    /** Starts the server that the options ask for. */
    static WebServer start(Options options, IoPolicy io) throws UsageException {
        return start(options, io, Plainweave.builder(), false);
    }

    private static WebServer start(Options options, IoPolicy io, PlainweaveBuilder builder, boolean configuredPort)
            throws UsageException {
        String host = options.host().or(builder::host).orElse(Options.DEFAULT_HOST);
        builder.io(io).host(host);
        SSLContext own = null;
        if (options.tls().isPresent()) {
            builder.tls(tls(options.tls().get()));
            own = OwnCertificate.trusted(options.tls().get().certificates());
        }
        Routes routes = new Routes(builder, io);
        routes.addAll(io, options.demo() || isLoopback(host), own);
        try {
            WebServer server = configuredPort ? builder.start() : builder.start(options.port());
            routes.started(server);
            return server;
        } catch (IllegalArgumentException setting) {
            throw new UsageException(String.valueOf(setting.getMessage()));
        } catch (UncheckedIOException unbound) {
            throw cannotListen(options, reason(unbound));
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false; // which the start will say better
        }
    }

    private static UsageException cannotListen(Options options, String reason) {
        String where = options.host().map(host -> host + ", ").orElse("") + "port " + options.port();
        return new UsageException(
                "cannot listen on " + where + ": " + reason + "; choose another with --port or --host");
    }

    /** What the system said: it is under Jetty's own exception. */
    private static String reason(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        if (first instanceof UnresolvedAddressException) {
            return "no such address";
        }
        return Optional.ofNullable(first.getMessage()).orElse(first.getClass().getSimpleName());
    }

    /** What is asked for, or else what is configured. */
    static IoPolicy policy(Options options, WebServer.Builder builder) throws UsageException {
        try {
            IoPolicy configured = builder.io();
            return options.io().orElse(configured);
        } catch (IllegalArgumentException unknown) {
            throw new UsageException(String.valueOf(unknown.getMessage()));
        }
    }

    private static Tls tls(Options.TlsFiles files) throws UsageException {
        for (Path file : List.of(files.certificates(), files.key())) {
            if (!Files.isReadable(file)) {
                throw new UsageException("there is no file " + file + ", or it may not be read");
            }
        }
        try {
            return Tls.pem(files.certificates(), files.key());
        } catch (IllegalArgumentException unusable) {
            throw new UsageException(String.valueOf(unusable.getMessage()));
        }
    }

    private static String describe(IoPolicy io) {
        return io.name().toLowerCase(Locale.ROOT) + " IO, Java " + System.getProperty("java.version");
    }

    /** Since the JVM started. Without {@code String.format}, which costs a tenth of that time. */
    private static String upFor() {
        long hundredths = (ManagementFactory.getRuntimeMXBean().getUptime() + 5) / 10;
        return hundredths / 100 + (hundredths % 100 < 10 ? ".0" : ".") + hundredths % 100 + " s";
    }
}
