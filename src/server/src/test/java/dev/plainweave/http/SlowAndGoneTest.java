package dev.plainweave.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = LogLines.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class SlowAndGoneTest {
    @TempDir
    Path directory;

    @BothPolicies
    void whoeverSleepsCostsNobodyElseAnything(IoPolicy policy) throws Exception {
        int sleepers = 200;
        CountDownLatch asleep = new CountDownLatch(sleepers);
        CountDownLatch morning = new CountDownLatch(1);
        try (WebServer server = Sites.on(policy)
                .get("/sleep", (request, response) -> {
                    asleep.countDown();
                    morning.await();
                    response.getWriter().print("slept");
                })
                .get("/quick", (request, response) -> response.getWriter().print("quick"))
                .start(0)) {
            Caller[] callers = new Caller[sleepers];
            for (int i = 0; i < sleepers; i++) {
                callers[i] = new Caller(server.port()).send("GET", "/sleep");
            }
            assertTrue(asleep.await(30, TimeUnit.SECONDS), "all sleep at the same time");
            for (int i = 0; i < 50; i++) {
                assertEquals("quick", Caller.get(server, "/quick").text(), "while all of them sleep");
            }
            morning.countDown();
            for (Caller caller : callers) {
                assertEquals("slept", caller.answer().text());
                caller.close();
            }
        }
    }

    /** Writes until it fails, as a handler of a large answer does. */
    private static HttpHandler writes(CountDownLatch inside, CountDownLatch gone, CompletableFuture<Throwable> met) {
        return (request, response) -> {
            inside.countDown();
            gone.await();
            byte[] some = new byte[64 * 1024];
            try {
                while (true) {
                    response.getOutputStream().write(some);
                    response.flushBuffer();
                }
            } catch (IOException lost) {
                met.complete(lost);
                throw lost;
            }
        };
    }

    @BothPolicies
    void aClientThatVanishesIsMetByTheNextWriteQuietly(IoPolicy policy) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        CompletableFuture<Throwable> met = new CompletableFuture<>();
        try (LogLines log = new LogLines();
                WebServer server =
                        Sites.on(policy).get("/big", writes(inside, gone, met)).start(0)) {
            try (Caller caller = new Caller(server.port())) {
                caller.send("GET", "/big");
                assertTrue(inside.await(15, TimeUnit.SECONDS));
                caller.reset();
            }
            gone.countDown();
            assertTrue(met.get(15, TimeUnit.SECONDS) instanceof IOException);
            await().until(() -> server.stats().connections() == 0);
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void alsoWhereTheHandlerWrapsWhatItMetOrSaysNothing(IoPolicy policy) throws Exception {
        CountDownLatch inside = new CountDownLatch(3);
        CountDownLatch gone = new CountDownLatch(1);
        CompletableFuture<Throwable> met = new CompletableFuture<>();
        HttpHandler writer = writes(inside, gone, met);
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .get("/wraps", (request, response) -> {
                            try {
                                writer.handle(request, response);
                            } catch (IOException lost) {
                                throw new UncheckedIOException(lost);
                            }
                        })
                        .get("/swallows", (request, response) -> {
                            try {
                                writer.handle(request, response);
                            } catch (IOException lost) {
                                return;
                            }
                        })
                        .get("/prints", (request, response) -> {
                            inside.countDown();
                            gone.await();
                            response.getWriter().print("x".repeat(1 << 20)); // a writer hides failures
                        })
                        .start(0)) {
            Caller[] callers = new Caller[3];
            String[] paths = {"/wraps", "/swallows", "/prints"};
            for (int i = 0; i < callers.length; i++) {
                callers[i] = new Caller(server.port()).send("GET", paths[i]);
            }
            assertTrue(inside.await(15, TimeUnit.SECONDS));
            for (Caller caller : callers) {
                caller.reset();
            }
            gone.countDown();
            await().until(() -> server.stats().connections() == 0);
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void aClientThatVanishesWhileItsBodyIsReadIsNoFailure(IoPolicy policy) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Throwable> met = new CompletableFuture<>();
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .post("/in", (request, response) -> {
                            request.getInputStream().read();
                            reading.countDown();
                            try {
                                request.getInputStream().readAllBytes();
                            } catch (IOException lost) {
                                met.complete(lost);
                                throw lost;
                            }
                        })
                        .start(0)) {
            try (Caller caller = new Caller(server.port())) {
                caller.send("POST", "/in", "Content-Length: 100").send("half");
                assertTrue(reading.await(15, TimeUnit.SECONDS));
                caller.reset();
            }
            met.get(15, TimeUnit.SECONDS);
            await().until(() -> server.stats().connections() == 0);
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void aDownloadThatIsBrokenOffIsNoFailure(IoPolicy policy) throws Exception {
        Files.write(directory.resolve("large.bin"), new byte[20 << 20]);
        Files.writeString(directory.resolve("large.txt"), "plain weave ".repeat(2_000_000));
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy).files("/", directory).start(0)) {
            for (String[] download : new String[][] {
                {"/large.bin", "X-None: 1"},
                {"/large.bin", "Range: bytes=1-19000000"},
                {"/large.txt", "Accept-Encoding: gzip"}
            }) {
                try (Caller caller = new Caller(server.port(), 4096)) {
                    assertTrue(caller.send("GET", download[0], download[1])
                                    .headers()
                                    .status()
                            < 300);
                    caller.reset();
                }
                await().until(() -> server.stats().connections() == 0);
            }
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void anIoFailureOfTheApplicationItselfIsOne(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .get("/io", (request, response) -> {
                            throw new EofException("of another connection");
                        })
                        .start(0)) {
            assertEquals(500, Caller.get(server, "/io").status());
            assertEquals(1, log.lines().size(), log.lines()::toString);
        }
    }
}
