package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as its user starts it, in a JVM of its own. */
class ProgramTest {
    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selector"})
    void saysOneLineAndLeavesWhenTold(String io) throws Exception {
        try (Child program = Child.gallery("--port=0", "--io", io)) {
            RunningProgram.check(program, io, "TERM", 143);
        }
    }

    @Test
    void leavesOnInterruptToo() throws Exception {
        try (Child program = Child.gallery("--port", "0")) {
            RunningProgram.check(program, "blocking", "INT", 130);
        }
    }

    @Test
    void helpIsOnStdout() throws Exception {
        try (Child program = Child.gallery("--help")) {
            assertEquals(0, program.exit());
            assertEquals(Options.USAGE.lines().toList(), program.out());
            assertEquals(List.of(), program.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selector"})
    void aPortInUse(String io) throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            fails("cannot listen on port " + port + ": ", "--port", port, "--io", io);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selector"})
    void anAddressThatIsNone(String io) throws Exception {
        fails("cannot listen on no.such.invalid, port 0: ", "--port=0", "--host=no.such.invalid", "--io", io);
    }

    @Test
    void anUnknownOption() throws Exception {
        fails("unknown option '--nonsense'", "--nonsense");
    }

    @Test
    void aCertificateThatIsMissingOrNone(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("missing.pem");
        fails("there is no file " + missing, "--tls-cert=" + missing, "--tls-key=" + missing);
        Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "this is no certificate\n");
        fails("", "--tls-cert=" + nonsense, "--tls-key=" + nonsense);
    }

    /** Exactly one line on stderr, nothing on stdout, exit code 2. */
    private static void fails(String start, String... arguments) throws Exception {
        try (Child program = Child.gallery(arguments)) {
            assertEquals(2, program.exit());
            assertEquals(List.of(), program.out());
            assertEquals(1, program.err().size(), program.err().toString());
            String line = program.err().getFirst();
            assertTrue(line.startsWith("plainweave: " + start), line);
        }
    }
}
