package dev.plainweave.bench.load;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is late is not lost: answers that keep coming are waited for, however long all of them take. */
class LateAnswerTest {
    private static final int MESSAGES = 40;
    private static final int GAP_MILLIS = 15;
    private static final int TIMEOUT_MILLIS = 300;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersThatCrawlInArePatientlyCounted(boolean all) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (CrookedServer server = new CrookedServer((n, echo) -> crawl(go, all || n < MESSAGES / 2, echo))) {
            Client client = Client.connectChannel(server.address());
            client.upgrade(server.handshake(), 0);
            EchoExchange exchange = new EchoExchange(0, 64);
            try (OpenLoop load = OpenLoop.start(List.of(client), List.of(exchange), 500)) {
                await().pollInterval(Duration.ofMillis(5)).until(() -> exchange.outstanding() >= MESSAGES);
                go.countDown();
                if (all) {
                    assertDoesNotThrow(() -> load.finish(TIMEOUT_MILLIS));
                    assertEquals(0, exchange.outstanding());
                } else {
                    assertThrows(LoadException.class, () -> load.finish(TIMEOUT_MILLIS));
                }
            }
        }
    }

    private static byte[] crawl(CountDownLatch go, boolean answer, byte[] echo) {
        try {
            go.await();
            TimeUnit.MILLISECONDS.sleep(GAP_MILLIS);
            return answer ? echo : new byte[0];
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new byte[0];
        }
    }
}
