package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that is shipped, in a JVM with nothing else. */
class JarIT {
    private static final String JAR = System.getProperty("plainweave.jar");

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selector"})
    void runs(String io) throws Exception {
        try (Child program = Child.start(Child.JAVA, List.of("-jar", JAR, "--port", "0", "--io", io))) {
            RunningProgram.check(program, io, "TERM", 143);
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        try (Child program = Child.start(Child.JAVA, List.of("-jar", JAR, "--nonsense"))) {
            assertEquals(2, program.exit());
            assertEquals(List.of("plainweave: unknown option '--nonsense'; --help lists them"), program.err());
        }
    }

    @Test
    void runsTheReadmesFirstExample(@TempDir Path directory) throws Exception {
        ReadmeExample.check(directory, JAR);
    }

    /** The README's first live page, as a single file. Its handlers are tried in the module of live pages. */
    @Test
    void runsTheReadmesLivePage(@TempDir Path directory) throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        int begin = readme.indexOf("import dev.plainweave.ui.*;");
        String source = readme.substring(begin, readme.indexOf("```", begin));
        Path old = Files.createDirectory(directory.resolve("old"));
        Files.writeString(old.resolve("forgotten.txt"), "");
        Path file = directory.resolve("OldFiles.java");
        Files.writeString(
                file,
                source.replace("start(8080)", "start(Integer.parseInt(args[0]))")
                        .replace("\"old\"", "\"" + old + "\""));
        int port = ReadmeExample.freePort();
        try (Child program = Child.start(Child.JAVA, List.of("-cp", JAR, file.toString(), Integer.toString(port)))) {
            URI page = URI.create("http://localhost:" + port + "/");
            String html = await().atMost(Duration.ofSeconds(30))
                    .ignoreException(ConnectException.class)
                    .until(
                            () -> new String(page.toURL().openStream().readAllBytes(), StandardCharsets.UTF_8),
                            text -> true);
            assertTrue(html.contains("forgotten.txt") && html.contains("Delete all"), html);
            program.signal("TERM");
            assertEquals(143, program.exit());
            RunningProgram.assertSaysOnlyThatItStopped(program);
        }
    }

    @Test
    void logsMoreWhenAsked() throws Exception {
        try (Child program =
                Child.start(Child.JAVA, List.of("-Dplainweave.log.org.eclipse.jetty=INFO", "-jar", JAR, "--port=0"))) {
            program.line();
            program.signal("TERM");
            assertEquals(143, program.exit());
            assertTrue(
                    program.err().stream().anyMatch(line -> line.contains("INFO  Server: Started")),
                    program.err()::toString);
        }
    }

    @Test
    void logsAnObjectALine() throws Exception {
        try (Child program =
                Child.start(Child.JAVA, List.of("-jar", JAR, "--port=0", "--log", "json", "--access-log=json"))) {
            URI address = URI.create(program.line().split(" ", -1)[3]);
            address.resolve("/health").toURL().openStream().close();
            program.signal("TERM");
            assertEquals(143, program.exit());
            List<String> lines = program.err();
            assertTrue(lines.size() >= 2, lines::toString);
            for (String line : lines) {
                JsonNode entry = new ObjectMapper().readTree(line);
                assertEquals("INFO", entry.get("level").asText(), line);
                assertTrue(entry.hasNonNull("timestamp") && entry.hasNonNull("loggerName"), line);
                assertFalse(entry.get("formattedMessage").asText().isEmpty(), line);
            }
        }
    }

    @Test
    void keepsLicencesAndServices() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            assertTrue(text(jar, "META-INF/LICENSE").contains("Apache License"));
            assertTrue(text(jar, "META-INF/NOTICE").contains("Jakarta WebSocket"));
            assertTrue(text(jar, "META-INF/licenses/slf4j-api-jar/META-INF/LICENSE.txt")
                    .contains("QOS.ch"));
            String thirdParty = text(jar, "META-INF/THIRD-PARTY.txt");
            assertTrue(thirdParty.contains("org.eclipse.jetty:jetty-server:"));
            assertTrue(!thirdParty.contains("Unknown license"), thirdParty);
            String extensions = text(jar, "META-INF/services/org.eclipse.jetty.websocket.core.Extension");
            assertTrue(extensions.contains("PerMessageDeflateExtension"), extensions);
            String merged = text(jar, "META-INF/services/org.eclipse.jetty.ee11.webapp.Configuration");
            assertTrue(merged.contains("WebXmlConfiguration") && merged.contains("AnnotationConfiguration"), merged);
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
