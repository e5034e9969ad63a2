package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.websocket.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every meter that the documentation names moves with what it counts. */
class MetricsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpResponse<String> scrape(WebServer server, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve("/metrics"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, Double> samples(WebServer server) throws Exception {
        return scrape(server)
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    }

    private static void awaitSample(WebServer server, String name, DoublePredicate expected) {
        await(name).until(() -> {
            Map<String, Double> samples = samples(server);
            assertTrue(samples.containsKey(name), () -> name + " is not among " + samples.keySet());
            return expected.test(samples.get(name));
        });
    }

    private static WebServer.Builder builder(IoPolicy io) {
        return WebServer.builder().io(io).host("127.0.0.1").metrics("/metrics").shutdownGrace(Duration.ofMillis(200));
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensIsCounted(IoPolicy io) throws Exception {
        Message large = Message.binary(ByteBuffer.allocate(64 << 10));
        CountDownLatch compute = new CountDownLatch(1);
        try (WebServer server = builder(io)
                        .limits(limit -> limit.messageBytes(10).outboxBytes(64 << 20))
                        .endpoint(RefusalsTest.Echo.class)
                        .websocket("/echo", session -> {
                            while (true) {
                                session.send(session.receive());
                            }
                        })
                        .websocket("/offers", session -> {
                            for (int i = 0; i < 200; i++) {
                                session.offer(large);
                            }
                            session.awaitEnd();
                        })
                        .websocket("/fails", session -> {
                            throw new IllegalStateException("on purpose");
                        })
                        .get(
                                "/compute",
                                (request, response) -> Cpu.run(() -> {
                                    compute.await();
                                    return 0;
                                }))
                        .start(0);
                JakartaTestClient echo = JakartaTestClient.open(server.port(), "/echo");
                JakartaTestClient jakarta = JakartaTestClient.open(server.port(), "/jakarta");
                JakartaTestClient fails = JakartaTestClient.open(server.port(), "/fails")) {
            awaitSample(server, "plainweave_connections_open", value -> value >= 3);
            awaitSample(server, "plainweave_connections_accepted_total", value -> value >= 4);
            awaitSample(server, "plainweave_sessions_open{kind=\"native\"}", value -> value == 1);
            awaitSample(server, "plainweave_sessions_open{kind=\"jakarta\"}", value -> value == 1);
            awaitSample(server, "plainweave_sessions_opened_total{kind=\"native\"}", value -> value == 2);
            awaitSample(server, "plainweave_sessions_opened_total{kind=\"jakarta\"}", value -> value == 1);
            awaitSample(server, "plainweave_sessions_ended_total{reason=\"handler_failed\"}", value -> value == 1);
            awaitSample(server, "plainweave_handler_failures_total", value -> value == 1);
            awaitSample(server, "plainweave_requests_seconds_count{status=\"1xx\"}", value -> value == 3);
            awaitSample(server, "plainweave_requests_seconds_count{status=\"2xx\"}", value -> value > 0);
            awaitSample(server, "plainweave_requests_seconds_sum{status=\"2xx\"}", value -> value > 0);
            echo.text("hello");
            assertEquals("hello", echo.readText());
            awaitSample(server, "plainweave_messages_total{direction=\"in\"}", value -> value == 1);
            awaitSample(server, "plainweave_messages_total{direction=\"out\"}", value -> value == 1);
            awaitSample(server, "plainweave_traffic_bytes_total{direction=\"in\"}", value -> value > 100);
            awaitSample(server, "plainweave_traffic_bytes_total{direction=\"out\"}", value -> value > 100);
            echo.text("hello, too long");
            awaitSample(server, "plainweave_refusals_total{limit=\"messageBytes\"}", value -> value == 1);
            try (JakartaTestClient slow = JakartaTestClient.open(server.port(), "/offers")) {
                awaitSample(server, "plainweave_outbox_messages", value -> value > 10);
                awaitSample(server, "plainweave_outbox_size_bytes", value -> value > 10 * (64 << 10));
                awaitSample(server, "plainweave_outbox_largest", value -> value > 10);
                slow.reset();
            }
            awaitSample(server, "plainweave_outbox_messages", value -> value == 0);
            jakarta.raw("x".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            try (JakartaTestClient computing = JakartaTestClient.connect(server.port())) {
                computing.raw("GET /compute HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                awaitSample(server, "plainweave_cpu_active", value -> value >= 1);
                compute.countDown();
                computing.readResponse();
            }
            fails.reset();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRestIsThere(IoPolicy io) throws Exception {
        try (WebServer server = builder(io).start(0)) {
            Map<String, Double> samples = samples(server);
            for (String name : new String[] {
                "plainweave_accept_failures_total",
                "plainweave_scheduling_delay_seconds",
                "plainweave_cpu_threads",
                "plainweave_cpu_waiting",
                "plainweave_cpu_refused_total",
                "jvm_memory_used_bytes{area=\"heap\",id=\"",
                "jvm_gc_memory_allocated_bytes_total",
                "jvm_threads_live_threads",
                "process_cpu_usage",
                "process_uptime_seconds",
                "process_files_open_files"
            }) {
                assertTrue(samples.keySet().stream().anyMatch(key -> key.startsWith(name)), name);
            }
            if (Runtime.version().feature() >= 24) {
                awaitSample(server, "plainweave_virtual_threads_parallelism", value -> value >= 1);
                awaitSample(server, "plainweave_virtual_threads_carriers", value -> value >= 1);
                awaitSample(server, "plainweave_virtual_threads_mounted", value -> value >= 1);
                awaitSample(server, "plainweave_virtual_threads_queued", value -> value >= 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void openMetricsIsServedToWhoAsksForIt(IoPolicy io) throws Exception {
        try (WebServer server = builder(io).start(0)) {
            HttpResponse<String> plain = scrape(server);
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    plain.headers()
                            .firstValue("Content-Type")
                            .orElse("none")
                            .replace(";c", "; c")
                            .replace(";v", "; v"));
            HttpResponse<String> open =
                    scrape(server, "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
            assertTrue(open.headers()
                    .firstValue("Content-Type")
                    .orElse("none")
                    .startsWith("application/openmetrics-text"));
            assertTrue(open.body().endsWith("# EOF\n"), open.body());
        }
    }

    @Test
    void aRegistryOfOnesOwnGetsTheMetersToo() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .meterRegistry(registry)
                .get("/", (request, response) -> response.getWriter().print("x"))
                .start(0)) {
            CLIENT.send(HttpRequest.newBuilder(server.uri()).build(), HttpResponse.BodyHandlers.ofString());
            await().until(() -> registry.get("plainweave.requests")
                            .tag("status", "2xx")
                            .functionTimer()
                            .count()
                    == 1);
        }
    }
}
