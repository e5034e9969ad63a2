package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LimitValuesTest {
    private static void assertSays(String expected, Executable wrong) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, wrong);
        assertEquals(expected, refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void everyDefaultIsWithinItsOwnRangeAndSurvivesBeingWritten(Limit limit) {
        Limits defaults = Limits.builder().build();
        String text = defaults.text(limit);
        Limits same = Limits.builder().set(limit.key(), text).build();
        assertEquals(defaults.value(limit), same.value(limit), text);
    }

    @ParameterizedTest
    @EnumSource
    void aNegativeValueIsRefused(Limit limit) {
        assertThrows(IllegalArgumentException.class, () -> limit.checked(-1));
    }

    @ParameterizedTest
    @CsvSource({
        "headerBytes,16KiB,16384",
        "headerBytes,65536,65536",
        "bodyBytes,2GiB,2147483648",
        "bodyBytes,0,0",
        "connections,500,500",
        "idle,250ms,250000000",
        "idle,10s,10000000000",
        "idle,5 m,300000000000",
        "sessionIdle,0,0",
        "shutdownGrace,1h,3600000000000"
    })
    void textWithAUnitIsAValue(String key, String text, long value) {
        Limit limit = Limit.named(key).orElseThrow();
        assertEquals(value, Limits.builder().set(key, text).build().value(limit));
    }

    @Test
    void aValueThatWillNotDoIsNamedWithWhatWillDo() {
        Limits.Builder builder = Limits.builder();
        assertSays("headerBytes must be from 256 bytes to 1MiB, was 100 bytes", () -> builder.headerBytes(100));
        assertSays("idle must be from 1ms to 8760h, was 0ms", () -> builder.idle(Duration.ZERO));
        assertSays("bodyBytes must be at least 0 bytes, was -1 bytes", () -> builder.bodyBytes(-1));
        assertSays(
                "idle must be a time with its unit (ms, s, m or h), such as 10s, was '10'",
                () -> builder.set("idle", "10"));
        assertSays(
                "bodyBytes must be a number of bytes, such as 65536, 64KiB or 8MiB, was '8 miles'",
                () -> builder.set("bodyBytes", "8 miles"));
        assertSays("connections must be a whole number, was 'many'", () -> builder.set("connections", "many"));
        assertSays("bodyBytes is too large: '99999999999GiB'", () -> builder.set("bodyBytes", "99999999999GiB"));
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> builder.set("headrBytes", "1"));
        assertTrue(unknown.toString().contains("'headrBytes'; there are connections, "), unknown::toString);
        assertThrows(IllegalArgumentException.class, () -> builder.idle(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThrows(IllegalArgumentException.class, () -> builder.idle(Duration.ofSeconds(Long.MIN_VALUE)));
    }

    @Test
    void anAddressMayDoSoMuchInASecondAndAgainInTheNext() throws Exception {
        AtomicLong time = new AtomicLong(5_000_000_000L);
        AddressRate rate = new AddressRate(2, time::get);
        InetAddress one = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        InetAddress other = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 2});
        assertTrue(rate.allows(one));
        assertTrue(rate.allows(one));
        assertFalse(rate.allows(one));
        assertTrue(rate.allows(other));
        time.addAndGet(1_000_000_000L);
        assertTrue(rate.allows(one));
        assertTrue(new AddressRate(0, time::get).allows(one), "zero is no limit");
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneClient() throws Exception {
        Clients clients = new Clients(InetAddress::isLoopbackAddress);
        assertEquals(
                clients.counted(InetAddress.getByName("2001:db8::1")),
                clients.counted(InetAddress.getByName("2001:db8::ffff:1:2")));
        assertFalse(clients.counted(InetAddress.getByName("2001:db8::1"))
                .equals(clients.counted(InetAddress.getByName("2001:db8:0:1::1"))));
        assertTrue(clients.counted(InetAddress.getLoopbackAddress()).isEmpty());
        assertEquals(
                clients.counted(InetAddress.getByName("2001:db8::1")),
                clients.counted(InetSocketAddress.createUnresolved("[2001:db8::9]", 1)),
                "as a proxy forwards it");
        assertEquals(
                Optional.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1})),
                clients.counted(InetSocketAddress.createUnresolved("192.0.2.1", 1)));
        for (String none : new String[] {"unknown", "_hidden", "999.1.1.1"}) {
            assertEquals(Optional.empty(), clients.counted(InetSocketAddress.createUnresolved(none, 1)), none);
        }
    }
}
