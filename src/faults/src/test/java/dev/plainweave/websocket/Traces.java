package dev.plainweave.websocket;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server may leave behind in this process: threads of its own, and sockets. */
record Traces(Set<String> threads, Set<String> sockets) {
    static final Traces NONE = new Traces(Set.of(), Set.of());

    private static final Pattern OURS = Pattern.compile(
            "\"((?:(?:conn|session|attend|send|deadline|end|accept)-\\d|(?:read|write|flush|idle|late|nudge|clock)\\b)[^\"]*)\"");

    static {
        // The JDK keeps a socket of its own from its first channel on: let it have it before any are counted.
        try (ServerSocketChannel listening =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel first = SocketChannel.open(listening.getLocalAddress())) {
            first.shutdownOutput();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Traces now() {
        return new Traces(ownThreads(), openSockets());
    }

    /** What was not there before. */
    Traces without(Traces before) {
        return new Traces(minus(threads, before.threads), minus(sockets, before.sockets));
    }

    /** The threads of connections and sessions, not those of a server as a whole. */
    Set<String> sessionThreads() {
        return threads.stream()
                .filter(name -> !name.startsWith("accept") && !name.equals("clock"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> minus(Set<String> all, Set<String> known) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    private static Set<String> ownThreads() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path file = folder.resolve("dump.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                Matcher names = OURS.matcher(Files.readString(file));
                Set<String> found = new TreeSet<>();
                while (names.find()) {
                    found.add(names.group(1));
                }
                return found;
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Open sockets of this process by their inode; none where the system does not tell. */
    private static Set<String> openSockets() {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(Traces::target)
                    .filter(target -> target.startsWith("socket:"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unknown) {
            return Set.of();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
