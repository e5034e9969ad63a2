package dev.plainweave.server;

import dev.plainweave.websocket.End;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Shows a server's {@link Stats} as meters, under names of Micrometer's convention. They are read when asked for. */
final class Metrics implements MeterBinder {
    private static final String[] STATUS_CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Stats stats;

    Metrics(Stats stats) {
        this.stats = stats;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        connections(registry);
        sessions(registry);
        traffic(registry);
        scheduling(registry);
    }

    private void connections(MeterRegistry registry) {
        gauge(registry, "plainweave.connections.open", "Connections open now", Stats::connections);
        counter("plainweave.connections.accepted", "Connections accepted", Stats::accepted)
                .register(registry);
        counter("plainweave.accept.failures", "Failures to accept a connection", Stats::acceptFailures)
                .register(registry);
        for (int i = 0; i < STATUS_CLASSES.length; i++) {
            int statusClass = i;
            FunctionTimer.builder(
                            "plainweave.requests",
                            stats,
                            figures -> figures.responses(statusClass),
                            figures -> figures.responseTime(statusClass).toNanos(),
                            TimeUnit.NANOSECONDS)
                    .tag("status", STATUS_CLASSES[i])
                    .description("Requests by the class of their answer, and the time they took")
                    .register(registry);
        }
        for (Limit limit : Limit.values()) {
            counter("plainweave.refusals", "What was refused or ended for exceeding a limit", s -> s.refusals(limit))
                    .tag("limit", limit.key())
                    .register(registry);
        }
    }

    private void sessions(MeterRegistry registry) {
        Gauge.builder("plainweave.sessions.open", stats, s -> s.sessions().openNow())
                .tag("kind", "native")
                .description("WebSocket sessions open now")
                .register(registry);
        Gauge.builder("plainweave.sessions.open", stats, Stats::jakartaSessions)
                .tag("kind", "jakarta")
                .description("WebSocket sessions open now")
                .register(registry);
        counter(
                        "plainweave.sessions.opened",
                        "WebSocket sessions opened",
                        s -> s.sessions().opened())
                .tag("kind", "native")
                .register(registry);
        counter("plainweave.sessions.opened", "WebSocket sessions opened", Stats::jakartaSessionsOpened)
                .tag("kind", "jakarta")
                .register(registry);
        for (End.Reason reason : End.Reason.values()) {
            counter(
                            "plainweave.sessions.ended",
                            "Native sessions by why they ended",
                            s -> s.sessions().ended(reason))
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        counter(
                        "plainweave.handler.failures",
                        "Session handlers that threw something of their own",
                        s -> s.sessions().handlerFailures())
                .register(registry);
    }

    private void traffic(MeterRegistry registry) {
        String messages = "Messages of native sessions";
        counter("plainweave.messages", messages, Stats::messagesReceived)
                .tag("direction", "in")
                .register(registry);
        counter("plainweave.messages", messages, Stats::messagesSent)
                .tag("direction", "out")
                .register(registry);
        String bytes = "Bytes as they travel, without TLS";
        counter("plainweave.traffic", bytes, Stats::bytesReceived)
                .baseUnit("bytes")
                .tag("direction", "in")
                .register(registry);
        counter("plainweave.traffic", bytes, Stats::bytesSent)
                .baseUnit("bytes")
                .tag("direction", "out")
                .register(registry);
        gauge(
                registry,
                "plainweave.outbox.messages",
                "Messages waiting in all outboxes",
                s -> s.backlog().messages());
        Gauge.builder("plainweave.outbox.size", stats, s -> s.backlog().bytes())
                .baseUnit("bytes")
                .description("Payload waiting in all outboxes")
                .register(registry);
        gauge(
                registry,
                "plainweave.outbox.largest",
                "Messages waiting in the fullest outbox",
                s -> s.backlog().largest());
    }

    private void scheduling(MeterRegistry registry) {
        TimeGauge.builder(
                        "plainweave.scheduling.delay",
                        stats,
                        TimeUnit.NANOSECONDS,
                        s -> s.schedulingDelay().toNanos())
                .description("How long a virtual thread waits for a processor")
                .register(registry);
        gauge(registry, "plainweave.cpu.threads", "Most threads that compute at a time", s -> Cpu.threads());
        gauge(registry, "plainweave.cpu.active", "Threads that compute now", s -> Cpu.active());
        gauge(registry, "plainweave.cpu.waiting", "Tasks that wait for a thread to compute", s -> Cpu.waiting());
        counter("plainweave.cpu.refused", "Tasks refused, since too many waited", s -> Cpu.refused())
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Stats> value) {
        Gauge.builder(name, stats, value).description(description).register(registry);
    }

    private FunctionCounter.Builder<Stats> counter(String name, String description, ToDoubleFunction<Stats> value) {
        return FunctionCounter.builder(name, stats, value).description(description);
    }
}
