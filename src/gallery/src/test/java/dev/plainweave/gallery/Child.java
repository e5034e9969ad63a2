package dev.plainweave.gallery;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Java program of its own, ended with the test. */
final class Child implements AutoCloseable {
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final long SECONDS = 30;
    private static final Executor READERS = Thread::startVirtualThread;

    private final Process process;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> outEnd;
    private final CompletableFuture<List<String>> err;

    private Child(Process process) {
        this.process = process;
        // Not on the common pool: on a small machine it has one thread, which the HTTP client needs.
        outEnd = CompletableFuture.runAsync(() -> process.inputReader().lines().forEach(out::add), READERS);
        err = CompletableFuture.supplyAsync(() -> process.errorReader().lines().toList(), READERS);
    }

    /** Runs that Java with those arguments, and without a policy in the environment. */
    static Child start(Path java, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // A shell has its jobs in the background ignore interrupts, and what they start inherits that.
        command.addAll(List.of("env", "--default-signal=INT", java.toString()));
        command.addAll(arguments);
        return start(command, Map.of());
    }

    /** Runs that command, without a policy in the environment. */
    static Child start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("PLAINWEAVE_IO");
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    /** Runs the gallery from the class path of the tests. */
    static Child gallery(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), "dev.plainweave.gallery.launch.Launcher"));
        all.addAll(List.of(arguments));
        return start(JAVA, all);
    }

    /** The next line on stdout. */
    String line() throws InterruptedException {
        String line = out.poll(SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the program said nothing on stdout; on stderr: " + err.getNow(List.of()));
        }
        return line;
    }

    /** Waits for the end: the exit code. */
    int exit() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program is still running");
        }
        return process.exitValue();
    }

    /** After the end: what is left on stdout. */
    List<String> out() throws InterruptedException, ExecutionException, TimeoutException {
        outEnd.get(SECONDS, TimeUnit.SECONDS);
        return List.copyOf(out);
    }

    /** After the end: all lines on stderr, but for the warning that this machine is too busy to run its threads in time. */
    List<String> err() throws InterruptedException, ExecutionException, TimeoutException {
        return err.get(SECONDS, TimeUnit.SECONDS).stream()
                .filter(line -> !line.contains("SchedulingProbe"))
                .toList();
    }

    /** Sends a signal by name. Not {@link Process#destroy}, which closes the streams with what is still in them. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill failed");
        }
    }

    /** What a Java says about itself. */
    static String version(Path java) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(java.toString(), "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String version = reader.lines()
                    .filter(line -> line.contains("java.specification.version ="))
                    .map(line -> line.substring(line.indexOf('=') + 1).strip())
                    .findFirst()
                    .orElse("");
            process.waitFor();
            return version;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }
}
