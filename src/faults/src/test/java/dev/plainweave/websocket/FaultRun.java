package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.StopReport;
import dev.plainweave.server.Watched;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.ArrayByteBufferPool;

/** One server, all its faults at the same time, and what came of them. */
final class FaultRun {
    private static final int TIMES = 3;
    private static final int WARM_UPS = 5;
    private static final int NEIGHBOURS = 16;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(1);
    /** For the last words after the grace, the connections' threads and a busy machine. */
    private static final Duration AFTER_THE_GRACE = Duration.ofSeconds(4);

    /** Between two clients, so that it is not their number that the neighbours feel. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final IoPolicy io;
    private final boolean tls;
    private final List<Fault> faults;
    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final Map<String, Queue<End>> ends = new ConcurrentHashMap<>();
    private final Map<Fault, Throwable> failures = new ConcurrentHashMap<>();
    private final Queue<WeakReference<WebSocketSession>> sessions = new ConcurrentLinkedQueue<>();
    /** A handshake computes: so many at a time leave the neighbours their part of the processor. */
    private final Semaphore approaching = new Semaphore(4);

    private final List<Neighbour> neighbours = new ArrayList<>();
    /** The same without a server of ours: what the machine itself makes everybody wait. */
    private Neighbour control;

    private List<ILoggingEvent> logged = List.of();
    private String log = "";
    private final Map<Fault, Integer> befallen = new ConcurrentHashMap<>();
    private long warmUps;
    /** Until it is known that there are none. */
    private long leaks = Long.MAX_VALUE;

    private WebServer server;

    FaultRun(IoPolicy io, boolean tls, List<Fault> faults) {
        this.io = io;
        this.tls = tls;
        this.faults = faults;
    }

    void run() throws Exception {
        Traces before = Traces.now();
        server = start();
        warmUp();
        try (LogTap tap = new LogTap()) {
            try {
                befallAll();
                stop();
            } finally {
                server.close();
                logged = tap.events();
                log = tap.toString();
            }
        }
        assertEquals(
                server.stats().sessions().opened(), server.stats().sessions().ended());
        try {
            await("buffers").untilAsserted(() -> assertTrue(pool.getLeaks().isEmpty(), pool::dumpLeaks));
            await("threads and sockets")
                    .untilAsserted(() -> assertEquals(Traces.NONE, Traces.now().without(before)));
            assertNoSessionsOnTheHeap();
        } finally {
            Traces left = Traces.now().without(before);
            leaks = pool.getLeaks().size()
                    + left.threads().size()
                    + left.sockets().size()
                    + onTheHeap();
        }
    }

    /** What was counted. */
    FaultTally.Figures figures() {
        SessionStats stats = server.stats().sessions();
        return new FaultTally.Figures(
                io + (tls ? " over TLS" : ""),
                befallen,
                stats.opened() - warmUps,
                stats.ended() - warmUps,
                neighbours.stream().mapToLong(Neighbour::sent).sum(),
                neighbours.stream().mapToLong(Neighbour::lost).sum(),
                leaks,
                logged.size());
    }

    private long onTheHeap() {
        return sessions.stream().filter(each -> each.get() != null).count();
    }

    private WebServer start() throws Exception {
        WebServer.Builder builder = Watched.builder(pool)
                .io(io)
                .host("127.0.0.1")
                .limits(limit -> limit.headerDeadline(Duration.ofSeconds(2))
                        .idle(Duration.ofSeconds(2))
                        .bodyStall(SOON)
                        .frameDeadline(SOON)
                        .stalledWrite(SOON.multipliedBy(2))
                        .bodyBytes(64 * 1024)
                        .messageBytes(64 * 1024))
                .get("/", (request, response) -> response.getWriter().print("fine"))
                .post("/", (request, response) -> {
                    long length = request.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                    response.getWriter().print(length);
                })
                .get("/large", (request, response) -> {
                    for (int i = 0; i < 256; i++) {
                        response.getOutputStream().write(new byte[64 * 1024]);
                    }
                })
                .websocket("/echo/{name}", FaultRun::soon, noted(Site::echo))
                .websocket("/bye/{name}", FaultRun::soon, noted(session -> {}))
                .websocket("/large/{name}", FaultRun::soon, noted(session -> {
                    while (true) {
                        session.send(ByteBuffer.allocate(1 << 20));
                    }
                }));
        return (tls ? builder.tls(Certificates.tls()) : builder).start(0);
    }

    private static void soon(WebSocketOptions options) {
        options.pingInterval(SOON).pongTimeout(SOON.multipliedBy(2)).closeTimeout(SOON);
    }

    private SessionHandler noted(SessionHandler handler) {
        return session -> {
            String name = session.handshake().parameter("name").orElseThrow();
            sessions.add(new WeakReference<>(session));
            session.onEnd(end -> ends.computeIfAbsent(name, first -> new ConcurrentLinkedQueue<>())
                    .add(end));
            handler.handle(session);
        };
    }

    // ---- the faults

    /** Loads the classes: the first of a kind makes others wait, pinned, for a class loader. */
    private void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            for (Fault fault : faults) {
                if (fault.effect() instanceof Effect.Reset
                        && fault.stage() != Stage.SHUTDOWN
                        && fault.stage() != Stage.PING) {
                    befall(fault, client -> {});
                }
            }
        }
        await("the warm-up's connections").until(() -> server.stats().connections() == 0);
        ends.clear();
        failures.clear();
        befallen.clear();
        warmUps = server.stats().sessions().opened();
    }

    private void befallAll() throws Exception {
        try (BareEcho bare = new BareEcho()) {
            control = new Neighbour(RawClient.connect(bare.port()));
            for (int i = 0; i < NEIGHBOURS; i++) {
                neighbours.add(new Neighbour(connect(false).upgrade("/echo/neighbour")));
            }
            befallSideBySide();
            for (Neighbour neighbour : neighbours) {
                neighbour.finish();
            }
            control.finish();
        }
        assertServesOn();
    }

    private void befallSideBySide() throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (Fault fault : faults) {
            if (fault.stage() != Stage.SHUTDOWN) {
                for (int i = 0; i < TIMES; i++) {
                    running.add(Thread.ofPlatform().name("client").start(() -> befall(fault, client -> {})));
                    LockSupport.parkNanos(PACE_NANOS);
                }
            }
        }
        for (Thread each : running) {
            each.join();
        }
    }

    private void assertServesOn() throws IOException {
        await("sessions").until(() -> server.stats().sessions().openNow() == 0);
        await("connections").until(() -> server.stats().connections() == 0);
        try (RawClient client = connect(false)) {
            client.write(RawClient.lines(List.of("GET / HTTP/1.1", "Host: localhost")));
            assertEquals(200, client.answer().status(), "the server still serves");
        }
        assertNoSessionsOnTheHeap();
    }

    private void assertNoSessionsOnTheHeap() {
        await("sessions on the heap").untilAsserted(() -> {
            System.gc();
            assertEquals(0, onTheHeap(), "sessions that something still refers to");
        });
    }

    private interface Pause {
        void accept(RawClient client) throws Exception;
    }

    private void befall(Fault fault, Pause pause) {
        try (RawClient client = approach(fault)) {
            fault.stage().comeTo(client, name(fault));
            pause.accept(client);
            fault.effect().befall(client, fault.stage(), () -> ended(fault).size() >= TIMES);
            befallen.merge(fault, 1, Integer::sum);
        } catch (Throwable failed) {
            failures.put(fault, failed);
        }
    }

    private RawClient approach(Fault fault) throws IOException {
        approaching.acquireUninterruptibly();
        try {
            return fault.stage() == Stage.TLS_HANDSHAKE
                    ? RawClient.connect(server.port())
                    : connect(fault.effect().narrow());
        } finally {
            approaching.release();
        }
    }

    private RawClient connect(boolean narrow) throws IOException {
        int receiveBuffer = narrow ? 4096 : 0;
        return tls
                ? RawClient.connectTls(server.port(), receiveBuffer)
                : RawClient.connect(server.port(), receiveBuffer);
    }

    private String name(Fault fault) {
        return Integer.toString(faults.indexOf(fault));
    }

    private void stop() throws Exception {
        List<Fault> late =
                faults.stream().filter(fault -> fault.stage() == Stage.SHUTDOWN).toList();
        CountDownLatch ready = new CountDownLatch(late.size() * TIMES);
        List<Thread> running = new ArrayList<>();
        for (Fault fault : late) {
            for (int i = 0; i < TIMES; i++) {
                running.add(Thread.ofPlatform()
                        .name("client")
                        .start(() -> befall(fault, client -> {
                            ready.countDown();
                            ready.await();
                            int opcode = client.read().opcode();
                            while (opcode == FrameWriter.PING) {
                                opcode = client.read().opcode();
                            }
                            assertEquals(FrameWriter.CLOSE, opcode);
                        })));
            }
        }
        ready.await();
        await().until(() -> server.stats().sessions().openNow() == (long) late.size() * TIMES);
        StopReport report = server.stop(GRACE);
        assertTrue(report.took().compareTo(GRACE.plus(AFTER_THE_GRACE)) < 0, report::toString);
        for (Thread each : running) {
            each.join();
        }
    }

    // ---- what came of them

    void assertEnded(Fault fault) {
        Throwable failure = failures.get(fault);
        assertNull(failure, () -> "the client failed: " + failure);
        List<End> known = ended(fault);
        if (!fault.stage().session()) {
            assertEquals(List.of(), known);
        } else if (fault.mayHaveNoSession()) {
            assertTrue(known.size() <= TIMES, known::toString);
        } else {
            assertEquals(TIMES, known.size(), known::toString);
        }
        for (End end : known) {
            assertTrue(fault.expected().matches(end), () -> "expected " + fault.expected() + " but was " + end);
        }
    }

    private List<End> ended(Fault fault) {
        return List.copyOf(ends.getOrDefault(name(fault), new ConcurrentLinkedQueue<>()));
    }

    void assertNothingLogged() {
        assertEquals(List.of(), logged, () -> log);
    }

    void assertNeighboursUndisturbed() {
        assertEquals(NEIGHBOURS, neighbours.size());
        // An echo of ours takes more threads of the system's than the bare one: its pollers and carriers.
        Duration limit = SOON.plus(control.longest().multipliedBy(10));
        for (Neighbour neighbour : neighbours) {
            neighbour.assertUndisturbed(limit);
        }
        assertEquals(NEIGHBOURS, ends.get("neighbour").size());
        assertTrue(ends.get("neighbour").stream().allMatch(end -> end.reason() == End.Reason.PEER_CLOSED));
    }
}
