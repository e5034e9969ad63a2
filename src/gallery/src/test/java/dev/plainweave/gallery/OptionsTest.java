package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void nothingIsTheDefault() throws UsageException {
        assertEquals(
                new Options(false, 8080, Optional.empty(), Optional.empty(), Optional.empty(), false), Options.parse());
    }

    @Test
    void bothFormsAreTaken() throws UsageException {
        Options spaced = Options.parse(
                "--port",
                "9000",
                "--host",
                "127.0.0.1",
                "--io",
                "selector",
                "--tls-cert",
                "c.pem",
                "--tls-key",
                "k.pem");
        Options joined = Options.parse(
                "--port=9000", "--host=127.0.0.1", "--io=SELECTOR", "--tls-cert=c.pem", "--tls-key=k.pem");
        assertEquals(spaced, joined);
        assertEquals(9000, spaced.port());
        assertEquals(Optional.of("127.0.0.1"), spaced.host());
        assertEquals(Optional.of(IoPolicy.SELECTOR), spaced.io());
        assertEquals(Optional.of(new Options.TlsFiles(Path.of("c.pem"), Path.of("k.pem"))), spaced.tls());
    }

    @Test
    void demoNeedsNoValue() throws UsageException {
        Options demo = Options.parse("--demo", "--port", "9000");
        assertTrue(demo.demo());
        assertEquals(9000, demo.port());
    }

    @Test
    void theLastOneCounts() throws UsageException {
        assertEquals(2, Options.parse("--port", "1", "--port=2").port());
    }

    @Test
    void helpWins() throws UsageException {
        assertTrue(Options.parse("--port", "1", "--help", "--nonsense").help());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --wat                   | unknown option '--wat'; --help lists them
        8080                    | unknown option '8080'; --help lists them
        --prot=8080             | unknown option '--prot=8080'; --help lists them
        --demo=yes              | unknown option '--demo=yes'; --help lists them
        --port                  | --port needs a value
        --port=                 | --port needs a value
        --host --io blocking    | --host needs a value
        --port eighty           | --port must be a number from 0 to 65535, was 'eighty'
        --port 65536            | --port must be a number from 0 to 65535, was '65536'
        --port=-1               | --port must be a number from 0 to 65535, was '-1'
        --io nio                | --io must be blocking or selector, was 'nio'
        --tls-cert c.pem        | --tls-cert and --tls-key go together, --tls-key is missing
        --tls-key k.pem         | --tls-cert and --tls-key go together, --tls-cert is missing
        """)
    void whatIsWrongIsSaid(String line, String message) {
        UsageException wrong = assertThrows(UsageException.class, () -> Options.parse(line.split(" ", -1)));
        assertEquals(message, wrong.getMessage());
    }
}
