package dev.plainweave.gallery.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherVersionTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "9", "11", "17", "20"})
    void tooOld(String specification) {
        assertFalse(Launcher.suffices(specification, specification + ".0.1", "/opt/java", err));
        assertEquals(
                "plainweave needs Java 21 or newer, this is Java " + specification + ".0.1 (/opt/java)"
                        + System.lineSeparator(),
                said.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "25", "100"})
    void newEnough(String specification) {
        assertTrue(Launcher.suffices(specification, specification, "/opt/java", err));
        assertEquals(0, said.size());
    }

    @Test
    void theOneThatRunsThis() {
        assertTrue(Launcher.suffices(System.getProperty("java.specification.version"), "", "", err));
    }
}
