package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.gallery.launch.Launcher;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private static final int JAVA_8 = 52;

    @Test
    void isCompiledForJava8() throws Exception {
        try (DataInputStream in = new DataInputStream(Launcher.class.getResourceAsStream("Launcher.class"))) {
            assertEquals(0xCAFEBABE, in.readInt());
            in.readUnsignedShort();
            assertEquals(JAVA_8, in.readUnsignedShort());
        }
    }

    @Test
    void anOlderJavaSaysWhatIsNeeded() throws Exception {
        List<Path> older = older();
        if (older.isEmpty()) {
            String why = "SKIPPED, the launcher on an old Java: none below 21 is installed in /usr/lib/jvm";
            System.err.println(why);
            Assumptions.abort(why);
        }
        for (Path java : older) {
            try (Child child = Child.start(
                    java,
                    List.of("-cp", System.getProperty("java.class.path"), "dev.plainweave.gallery.launch.Launcher"))) {
                assertEquals(2, child.exit());
                assertEquals(List.of(), child.out());
                String line = String.join("\n", child.err());
                String start = "plainweave needs Java 21 or newer, this is Java " + Child.version(java);
                assertEquals(start, line.substring(0, start.length()));
                assertEquals(1, child.err().size(), line);
            }
        }
    }

    /** Every Java below 21 that Debian's packages have installed. */
    private static List<Path> older() throws Exception {
        List<Path> older = new ArrayList<>();
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> homes = Files.list(installed)) {
                for (Path home :
                        homes.filter(home -> !Files.isSymbolicLink(home)).toList()) {
                    Path java = home.resolve("bin/java");
                    if (Files.isExecutable(java)) {
                        String version = Child.version(java);
                        if (version.startsWith("1.") || Integer.parseInt(version) < 21) {
                            older.add(java);
                        }
                    }
                }
            }
        }
        return older;
    }
}
