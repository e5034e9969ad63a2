package dev.plainweave.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final EchoExchange echo = new EchoExchange(5, 64);

    private static byte[] answer(int slot) {
        return Frames.plain(Frames.TEXT, Frames.payload(5, slot, 64));
    }

    @Test
    void echoesPassHoweverTheyAreCut() {
        byte[] stream = ByteBuffer.allocate(3 * 66)
                .put(answer(0))
                .put(answer(1))
                .put(answer(2))
                .array();
        for (int cut = 1; cut < 66; cut++) {
            EchoExchange fresh = new EchoExchange(5, 64);
            for (int i = 0; i < 3; i++) {
                fresh.next();
            }
            int completed = 0;
            for (int at = 0; at < stream.length; at += cut) {
                completed += fresh.received(ByteBuffer.wrap(stream, at, Math.min(cut, stream.length - at)));
            }
            assertEquals(3, completed);
            assertEquals(0, fresh.outstanding());
        }
    }

    @Test
    void oneWrongByteIsCaught() {
        for (int wrong = 0; wrong < 66; wrong++) {
            EchoExchange fresh = new EchoExchange(5, 64);
            fresh.next();
            byte[] bytes = answer(0);
            bytes[wrong] ^= 1;
            assertThrows(LoadException.class, () -> fresh.received(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void anEchoThatOvertookAnotherIsCaught() {
        echo.next();
        echo.next();
        assertThrows(LoadException.class, () -> echo.received(ByteBuffer.wrap(answer(1))));
    }

    @Test
    void anEchoThatComesTwiceIsCaught() {
        echo.next();
        assertEquals(1, echo.received(ByteBuffer.wrap(answer(0))));
        assertThrows(LoadException.class, () -> echo.received(ByteBuffer.wrap(answer(0))));
    }

    @Test
    void aPingInsteadOfAnAnswerTellsThatItWasLost() {
        echo.next();
        LoadException lost = assertThrows(
                LoadException.class, () -> echo.received(ByteBuffer.wrap(Frames.plain(Frames.PING, new byte[0]))));
        assertEquals(
                "connection 5, answer 0: lost: the server has waited for a message so long that it sent a ping",
                lost.getMessage());
    }

    @Test
    void httpAnswersMayDifferInTheirDateOnly() {
        HttpExchange http = new HttpExchange("127.0.0.1:1", "/health");
        http.next();
        assertEquals(0, http.received(bytes("HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 10:00:00 GMT\r\nConte")));
        assertEquals(1, http.received(bytes("nt-Length: 3\r\n\r\nok\n")));
        String other = "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 11:22:33 GMT\r\nContent-Length: 3\r\n\r\nok\n";
        for (int cut = 1; cut < other.length(); cut++) {
            http.next();
            assertEquals(0, http.received(bytes(other.substring(0, cut))));
            assertEquals(1, http.received(bytes(other.substring(cut))));
        }
        http.next();
        assertThrows(LoadException.class, () -> http.received(bytes(other.replace("ok", "no"))));
    }

    @Test
    void anHttpAnswerThatIsNotOkIsCaught() {
        HttpExchange http = new HttpExchange("127.0.0.1:1", "/health");
        http.next();
        assertThrows(
                LoadException.class, () -> http.received(bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
