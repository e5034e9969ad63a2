package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.connector.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/1.1 as clients meet it: the same on this connector as on Jetty's own, plain and over TLS. */
class Http11Test {
    private static final TestServer.Exchange ECHO = (request, response, in, out) -> {
        byte[] body = in.readAllBytes();
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length + pathOf(request).length);
        out.write(pathOf(request));
        out.write(body);
    };

    private static byte[] pathOf(Request request) {
        return Request.getPathInContext(request).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void manyRequestsOnOneConnection(Variant variant) throws Exception {
        try (TestServer server = TestServer.start(variant, ECHO);
                Client client = server.connect()) {
            for (int i = 0; i < 200; i++) {
                assertEquals("/" + i, client.get("/" + i).answer().text());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyConnectionsOneAfterTheOther(Variant variant) throws Exception {
        try (TestServer server = TestServer.start(variant, ECHO)) {
            for (int i = 0; i < 100; i++) {
                try (Client client = server.connect()) {
                    assertEquals("/" + i, client.get("/" + i).answer().text());
                }
            }
            server.awaitNoEndPoint();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pipelinedRequestsAreAnsweredInOrderHoweverTheyAreSplit(Variant variant) throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            requests.append("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nb" + i + ";");
        }
        String all = requests.toString();
        try (TestServer server = TestServer.start(variant, ECHO);
                Client client = server.connect()) {
            for (int split = 1; split < all.length(); split++) {
                client.send(all.substring(0, split));
                Thread.onSpinWait();
                client.send(all.substring(split));
                for (int i = 0; i < 3; i++) {
                    assertEquals("/" + i + "b" + i + ";", client.answer().text(), "split at " + split);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestMayComeByteByByte(Variant variant) throws Exception {
        String request =
                "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        try (TestServer server = TestServer.start(variant, ECHO);
                Client client = server.connect()) {
            for (byte b : request.getBytes(StandardCharsets.US_ASCII)) {
                client.send(b);
            }
            assertEquals("/slowabcde", client.answer().text());
            assertEquals("/next", client.get("/next").answer().text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void continueIsSentWhenTheHandlerReads(Variant variant) throws Exception {
        try (TestServer server = TestServer.start(variant, ECHO);
                Client client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
                assertEquals(100, client.answer().status());
                assertEquals("/xhello", client.send("hello").answer().text());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsReadByAClientThatWaitsForContinue(Variant variant) throws Exception {
        try (TestServer server = TestServer.start(variant, (request, response, in, out) -> response.setStatus(403));
                Client client = server.connect()) {
            client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            Answer answer = client.answer();
            assertEquals(403, answer.status());
            assertEquals("close", answer.header("Connection"));
            assertEquals(-1, client.in().read());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeUploadIsReadByABlockingHandler(Variant variant) throws Exception {
        byte[] body = new byte[16 << 20];
        new Random(7).nextBytes(body);
        CRC32 expected = new CRC32();
        expected.update(body);
        TestServer.Exchange checksum = (request, response, in, out) -> {
            CRC32 sum = new CRC32();
            byte[] buffer = new byte[10_000];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum.update(buffer, 0, count);
            }
            out.write(Long.toString(sum.getValue()).getBytes(StandardCharsets.US_ASCII));
        };
        try (TestServer server = TestServer.start(variant, checksum);
                Client client = server.connect()) {
            client.send("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
            client.send(body);
            assertEquals(Long.toString(expected.getValue()), client.answer().text());
            assertEquals(200, client.get("/again").answer().status());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeAnswerReachesASlowReader(Variant variant) throws Exception {
        byte[] body = new byte[4 << 20];
        new Random(8).nextBytes(body);
        try (TestServer server = TestServer.start(variant, (request, response, in, out) -> out.write(body));
                Client client = variant.tls
                        ? Client.narrowTls(server.port(), 8 * 1024)
                        : Client.narrow(server.port(), 8 * 1024)) {
            assertArrayEquals(body, client.get("/").answer().bytes());
            assertArrayEquals(body, client.get("/").answer().bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void aClientThatHalfClosesStillGetsItsAnswer(Variant variant) throws Exception {
        CompletableFuture<Void> halfClosed = new CompletableFuture<>();
        TestServer.Exchange late = (request, response, in, out) -> {
            in.readAllBytes();
            halfClosed.get();
            out.write(new byte[100_000]);
        };
        try (TestServer server = TestServer.start(variant, late);
                Client client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            client.halfClose();
            halfClosed.complete(null);
            assertEquals(100_000, client.answer().bytes().length);
            assertEquals(-1, client.in().read());
            server.awaitNoEndPoint();
        }
    }

    @ParameterizedTest
    @EnumSource
    void http10ClosesAfterTheAnswer(Variant variant) throws Exception {
        assertEquals("/old", lastAnswer(variant, "GET /old HTTP/1.0\r\n\r\n").text());
    }

    @ParameterizedTest
    @EnumSource
    void connectionCloseIsHonoured(Variant variant) throws Exception {
        Answer answer = lastAnswer(variant, "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertEquals("/last", answer.text());
        assertEquals("close", answer.header("Connection"));
    }

    @ParameterizedTest
    @EnumSource
    void aBadRequestIsAnswered(Variant variant) throws Exception {
        assertEquals(
                400,
                lastAnswer(variant, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
                        .status());
    }

    /** The answer to a request after which the server closes the connection. */
    private static Answer lastAnswer(Variant variant, String request) throws Exception {
        try (TestServer server = TestServer.start(variant, ECHO);
                Client client = server.connect()) {
            Answer answer = client.send(request).answer();
            assertEquals(-1, client.in().read());
            client.leave();
            server.awaitNoEndPoint();
            return answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdleConnectionIsClosed(Variant variant) throws Exception {
        try (TestServer server = TestServer.start(variant, ECHO);
                Client client = server.connect()) {
            assertEquals("/", client.get("/").answer().text());
            server.idleTimeout(300);
            assertEquals(-1, client.in().read());
            client.leave();
            server.awaitNoEndPoint();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatStopsComingFailsTheRead(Variant variant) throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        TestServer.Exchange reader = (request, response, in, out) -> {
            try {
                in.readAllBytes();
            } catch (Exception expected) {
                failure.complete(expected);
                throw expected;
            }
        };
        try (TestServer server = TestServer.start(variant, reader);
                Client client = server.connect()) {
            server.idleTimeout(300);
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
            assertTrue(failure.get().toString().contains("imeout"), () -> "" + failure.join());
            assertEquals(500, client.answer().status());
        }
    }
}
