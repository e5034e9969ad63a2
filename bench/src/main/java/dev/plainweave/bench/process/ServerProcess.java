package dev.plainweave.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server in a JVM of its own, on a port of its own choice that it prints as part of a URL. It is ended by its
 * own pid: by {@link #close}, or by a shutdown hook if this JVM ends first.
 */
public final class ServerProcess implements AutoCloseable {
    public static final String HOST = "127.0.0.1";

    private static final Pattern URL = Pattern.compile("https?://[^\\s/]*:(\\d{1,5})");
    private static final int START_SECONDS = 60;
    private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(() -> LIVE.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final int port;
    private final Output output;

    private ServerProcess(Process process, int port, Output output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    /**
     * Starts the command and waits for its URL.
     *
     * @param log gets everything the server prints
     * @throws StartException if it ends, or says nothing for a minute; with its last lines
     */
    public static ServerProcess start(List<String> command, Path log) throws StartException {
        Output output = new Output();
        CompletableFuture<Optional<Integer>> port = new CompletableFuture<>();
        Process process;
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException failed) {
            throw new StartException(failed.toString());
        }
        LIVE.add(process);
        boolean started = false;
        try {
            Thread.ofPlatform().daemon().name("output-" + process.pid()).start(() -> {
                pump(process, log, output, port);
                port.complete(Optional.empty());
            });
            Optional<Integer> printed = port.get(START_SECONDS, TimeUnit.SECONDS);
            if (printed.isEmpty()) {
                throw new StartException("ended before it printed its URL: " + output.tail());
            }
            started = true;
            return new ServerProcess(process, printed.get(), output);
        } catch (TimeoutException silent) {
            throw new StartException("printed no URL within " + START_SECONDS + " s, but: " + output.tail());
        } catch (InterruptedException | ExecutionException unexpected) {
            throw new StartException(unexpected.toString());
        } finally {
            if (!started) {
                end(process);
            }
        }
    }

    private static void pump(Process process, Path log, Output output, CompletableFuture<Optional<Integer>> port) {
        try (BufferedReader out = process.inputReader();
                Writer copy = Files.newBufferedWriter(log)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                copy.append(line).append('\n').flush();
                output.add(line);
                Matcher url = URL.matcher(line);
                if (url.find()) {
                    port.complete(Optional.of(Integer.valueOf(url.group(1))));
                }
            }
        } catch (IOException streamEnded) {
            output.add(streamEnded.toString());
        }
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public String authority() {
        return HOST + ":" + port;
    }

    public InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What it has printed (logged) up to now. */
    public Output output() {
        return output;
    }

    /** Whether it is still there: a server that ended under load is a result of its own. */
    public boolean alive() {
        return process.isAlive();
    }

    /** SIGTERM, and nothing else: unlike {@link #close} it leaves the process its input, whose end would end it at once. */
    public void terminate() {
        if (!process.toHandle().destroy()) {
            throw new IllegalStateException("process " + process.pid() + " cannot be terminated");
        }
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        try {
            process.destroy();
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            LIVE.remove(process);
        }
    }
}
