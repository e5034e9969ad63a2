package dev.plainweave.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Variant;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.Handshake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    @TempDir
    private Path directory;

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void aServerThatEndsAtOnceIsReportedWithItsLastWords() {
        StartException failed = assertThrows(
                StartException.class,
                () -> ServerProcess.start(List.of(java(), "-jar", "no-such.jar"), directory.resolve("log")));
        assertTrue(failed.toString().contains("no-such.jar"), failed.toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theFloorStartsEchoesGrowsItsBufferAndIsEnded() throws Exception {
        Variant floor = Variant.all().stream()
                .filter(variant -> variant.name().equals(Variant.FLOOR))
                .findFirst()
                .orElseThrow();
        long pid;
        try (ServerProcess server =
                        ServerProcess.start(floor.command(List.of("-Xmx64m"), List.of()), directory.resolve("log"));
                Client client = Client.connect(server.address())) {
            pid = server.pid();
            client.upgrade(Handshake.plain(ServerProcess.HOST, server.port(), floor.path(Route.ECHO)), 0);
            for (int size : new int[] {0, 1, 64, 125, 126, 1_000, 70_000, 64}) {
                byte[] payload = Frames.payload(1, 2, size);
                client.send(Frames.masked(Frames.TEXT, payload, 0x01020304));
                client.expect(Frames.plain(Frames.TEXT, payload), "echo of " + size);
            }
            client.closeNormally(7);
            assertEquals(1, server.output().lines(), "the line with its URL");
        }
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        assertTrue(Files.readString(directory.resolve("log")).contains("http://127.0.0.1:"));
    }

    @Test
    void theTotalOfAClassHistogramIsRead() {
        String histogram = """
               1:          1932         268344  [B (java.base@25)
            Total         12345        9876543
            """;
        assertEquals(9_876_543, Memory.total(histogram));
    }
}
