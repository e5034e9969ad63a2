package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.websocket.End;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path WRAPPER = Path.of("../server/src/main/java/dev/plainweave/websocket/SessionRunner.java");

    @Test
    void theFirstExampleRuns(@TempDir Path directory) throws Exception {
        ReadmeExample.check(directory, System.getProperty("java.class.path"));
    }

    @Test
    void theWrapperIsShownAsItIs() throws Exception {
        String source = Files.readString(WRAPPER);
        String shown = source.substring(source.indexOf("/**")).strip();
        assertTrue(Files.readString(README).contains(shown), "README.md shows another SessionRunner than there is");
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsInTheTable(End.Reason reason) throws Exception {
        assertTrue(Files.readString(README).contains("| `" + reason + "` |"), () -> reason + " is not in the table");
    }
}
