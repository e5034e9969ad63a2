package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, and the class archive that the build makes for it. */
class StartUpIT {
    private static final Path JAR = Path.of(System.getProperty("plainweave.jar"));
    private static final Path ARCHIVE = JAR.resolveSibling("plainweave.jsa");
    private static final Path SCRIPT = Path.of(System.getProperty("plainweave.script"));
    private static final String JDK = System.getProperty("java.home");
    private static final int ROUNDS = 5;

    private static Child script(Path script, String javaOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        return Child.start(command, Map.of("JAVA_HOME", JDK, "JAVA_OPTS", javaOptions));
    }

    /** How many classes come from the archive, of those that are ours. */
    private static long fromArchive(Path script, Path directory) throws Exception {
        Path log = directory.resolve("classes.txt");
        try (Child program = script(script, "-Xlog:class+load:file=" + log, "--port=0")) {
            RunningProgram.check(program, "blocking", "TERM", 143);
        }
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("dev.plainweave.gallery.") && line.contains("shared objects file (top)"))
                .count();
    }

    @Test
    void theScriptTakesItsClassesFromTheArchive(@TempDir Path directory) throws Exception {
        assertTrue(Files.size(ARCHIVE) > 1_000_000, "the build has made an archive");
        long archived = fromArchive(SCRIPT, directory);
        assertTrue(archived > 20, archived + " classes of the gallery came from the archive");
    }

    @Test
    void whatBelongsTogetherMayBeMovedTogether(@TempDir Path directory) throws Exception {
        for (Path file : List.of(JAR, ARCHIVE, SCRIPT)) {
            Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        long archived = fromArchive(directory.resolve("plainweave"), directory);
        assertTrue(archived > 20, archived + " classes of the gallery came from the archive");
    }

    @Test
    void anArchiveOfSomethingElseIsPassedOverQuietly(@TempDir Path directory) throws Exception {
        Files.copy(JAR, directory.resolve("plainweave.jar"));
        Files.copy(SCRIPT, directory.resolve("plainweave"));
        assertEquals(0, fromArchive(directory.resolve("plainweave"), directory), "there is none");
        Files.writeString(directory.resolve("plainweave.jsa"), "of another JDK, perhaps");
        assertEquals(0, fromArchive(directory.resolve("plainweave"), directory), "there is one that is of no use");
    }

    @Test
    void withoutTheJarItSaysSo(@TempDir Path directory) throws Exception {
        Files.copy(SCRIPT, directory.resolve("plainweave"));
        try (Child program = script(directory.resolve("plainweave"), "")) {
            assertEquals(2, program.exit());
            assertTrue(program.err().getFirst().startsWith("plainweave: there is no plainweave.jar in "));
        }
    }

    /** No assertion on the time itself: the machine may be busy. The figures are for the reader. */
    @Test
    void startsSoonerWithTheArchive() throws Exception {
        Assumptions.assumeTrue(Files.exists(ARCHIVE));
        List<Long> plain = new ArrayList<>();
        List<Long> archived = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            plain.add(millis(Child.start(Child.JAVA, List.of("-jar", JAR.toString(), "--port=0"))));
            archived.add(millis(script(SCRIPT, "", "--port=0")));
        }
        System.out.printf(
                Locale.ROOT,
                "START-UP, median of %d: %d ms plain, %d ms with the archive%n",
                ROUNDS,
                median(plain),
                median(archived));
        assertTrue(median(archived) < median(plain), "the archive is worth having");
    }

    private static long millis(Child program) throws Exception {
        long started = System.nanoTime();
        try (program) {
            program.line();
            return (System.nanoTime() - started) / 1_000_000;
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
