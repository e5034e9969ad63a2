package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingTest {
    @Test
    void settingsAreTakenOutOfTheArguments() throws UsageException {
        Operating spaced = Operating.take(
                "--port", "1", "--config", "a.conf", "--set", "limits.idle=5s", "--access-log", "json", "--demo");
        Operating joined =
                Operating.take("--port", "1", "--config=a.conf", "--set=limits.idle=5s", "--access-log=json", "--demo");
        assertEquals(spaced, joined);
        assertEquals(Optional.of(Path.of("a.conf")), spaced.config());
        assertEquals(Map.of("limits.idle", "5s", "accessLog", "json"), spaced.settings());
        assertEquals(List.of("--port", "1", "--demo"), spaced.rest());
        assertTrue(spaced.namesPort());
        assertFalse(Operating.take("--set", "port=1").namesPort());
    }

    @Test
    void theFileIsReadAndTheCommandLineWins(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.conf"), "io = selector\n");
        assertEquals(
                IoPolicy.SELECTOR,
                Operating.take("--config", file.toString()).builder().io());
        assertEquals(
                IoPolicy.BLOCKING,
                Operating.take("--config", file.toString(), "--set", "io=blocking")
                        .builder()
                        .io());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --config                  | --config needs a value
        --set                     | --set needs a value
        --set limits.idle         | --set takes name=value, was 'limits.idle'
        --access-log --demo       | --access-log needs a value
        --access-log=common       | option accessLog: accessLog: no such access log: 'common', expected off, combined or json
        --log xml                 | --log must be text or json, was 'xml'
        --config no.such.file     | there is no file no.such.file
        """)
    void whatIsWrongIsSaid(String line, String message) {
        UsageException wrong = assertThrows(
                UsageException.class, () -> Operating.take(line.split(" ", -1)).builder());
        assertEquals(message, wrong.getMessage());
    }
}
