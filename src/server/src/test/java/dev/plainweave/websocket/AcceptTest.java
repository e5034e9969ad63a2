package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
    @Test
    void answersTheExampleOfRfc6455Section13() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Accept.accept("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void knowsAKey() {
        assertTrue(Accept.validKey("dGhlIHNhbXBsZSBub25jZQ=="));
        assertTrue(Accept.validKey("AAAAAAAAAAAAAAAAAAAAAA=="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25jZQ== ",
                "dGhlIHNhbXBsZSBub25jZTE=",
                "dGhlIHNhbXBsZSBub25jZTEy",
                "dGhlIHNhbXBsZSBub25=",
                "dGhlIHNhbXBsZSBub-_jZQ==",
                "dGhlIHNhbXBsZSBub25jZQ=é",
                "========================"
            })
    void refusesWhatIsNone(String key) {
        assertFalse(Accept.validKey(key));
    }
}
