package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are one, where something is counted by address. */
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:0:0:9",
        "2001:db8::1, 2001:0DB8:0:0:5::",
        "[::1], 0:0:0:0:0:0:0:1",
        "fe80::1%no-such-interface, fe80::2",
        "::ffff:10.0.0.1, 10.0.0.1"
    })
    void theseAreOne(String one, String other) {
        assertEquals(Network.of(one), Network.of(other));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1, 2001:db8:1:3::1", "10.0.0.1, 10.0.0.2", "::1, 127.0.0.1"})
    void theseAreTwo(String one, String other) {
        assertNotEquals(Network.of(one), Network.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "", "a.name.that.nobody.looks.up", "1:2", ":::", "[fe80"})
    void whatIsNoAddressOfIpv6StandsForItself(String text) {
        assertEquals(text, Network.of(text));
    }

    @Test
    void aNetworkSaysWhatItIs() {
        assertEquals("20010db800010002/64", Network.of("2001:db8:1:2::1"));
    }
}
