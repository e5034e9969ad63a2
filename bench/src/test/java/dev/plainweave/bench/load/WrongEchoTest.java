package dev.plainweave.bench.load;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers wrongly is caught by both loops, from its first to its last wrong answer. */
class WrongEchoTest {
    private static final int CONNECTIONS = 4;
    private static final int WRONG_FROM = 50;

    private static Load start(boolean open, CrookedServer server) throws IOException {
        List<Client> clients = new ArrayList<>();
        List<EchoExchange> exchanges = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Client client = Client.connectChannel(server.address());
            client.upgrade(server.handshake(), i);
            clients.add(client);
            exchanges.add(new EchoExchange(i, 64));
        }
        return open ? OpenLoop.start(clients, exchanges, 2_000) : ClosedLoop.start(clients, exchanges);
    }

    private static void assertCaught(boolean open, CrookedServer.Twist twist) throws IOException {
        try (CrookedServer server = new CrookedServer((n, echo) -> n < WRONG_FROM ? echo : twist.answer(n, echo));
                Load load = start(open, server)) {
            await().untilAsserted(() -> assertThrows(LoadException.class, load::check));
            assertThrows(LoadException.class, () -> load.finish(200));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rightEchoesPass(boolean open) throws IOException {
        try (CrookedServer server = new CrookedServer((n, echo) -> echo);
                Load load = start(open, server)) {
            await().until(() -> load.completed() > 200);
            assertTrue(load.cpuNanos() > 0);
            assertDoesNotThrow(() -> load.finish());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFlippedByteIsCaught(boolean open) throws IOException {
        assertCaught(open, (n, echo) -> {
            echo[40] ^= 0x20;
            return echo;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConstantAnswerIsCaught(boolean open) throws IOException {
        assertCaught(open, (n, echo) -> Frames.plain(Frames.TEXT, Frames.payload(0, 0, 64)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerTwiceIsCaught(boolean open) throws IOException {
        assertCaught(open, (n, echo) -> {
            byte[] twice = Arrays.copyOf(echo, echo.length * 2);
            System.arraycopy(echo, 0, twice, echo.length, echo.length);
            return twice;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSwallowedMessageIsCaughtAtTheEnd(boolean open) throws IOException {
        try (CrookedServer server = new CrookedServer((n, echo) -> n == WRONG_FROM ? new byte[0] : echo);
                Load load = start(open, server)) {
            await().until(() -> load.completed() >= CONNECTIONS * WRONG_FROM);
            assertThrows(LoadException.class, () -> load.finish(200));
        }
    }
}
