package dev.plainweave.ui;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a server's pages: how many there are, and what clients were refused. */
final class PageCounts implements MeterBinder {
    /** Events for what was not there, or could not be operated; reports of unknown commands. */
    final LongAdder ignored = new LongAdder();
    /** Handlers that have thrown, page functions among them. */
    final LongAdder failures = new LongAdder();
    /** Connections that broke the protocol, and were closed with 1002. */
    final LongAdder violations = new LongAdder();
    /** Messages that had to wait, since more came in a second than may. */
    final LongAdder slowed = new LongAdder();

    private final Map<String, LongAdder> gone =
            Map.of("unknown", new LongAdder(), "login", new LongAdder(), "version", new LongAdder());
    private final Map<String, LongAdder> refused = Map.of(
            "pages", new LongAdder(),
            "visitorPages", new LongAdder(),
            "addressPages", new LongAdder(),
            "unconnected", new LongAdder(),
            "greeting", new LongAdder());
    private final Pages pages;

    PageCounts(Pages pages) {
        this.pages = pages;
    }

    /** Somebody was refused for a limit, by its name. */
    void refused(String limit) {
        Objects.requireNonNull(refused.get(limit)).increment();
    }

    /** A browser has greeted, and was told that there is no page for it. */
    void gone(String reason) {
        Objects.requireNonNull(gone.get(reason)).increment();
    }

    /** How often that was, for that reason. */
    long goneFor(String reason) {
        return Objects.requireNonNull(gone.get(reason)).sum();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("plainweave.pages.open", pages, Pages::size)
                .description("Live pages open now")
                .register(registry);
        counter("plainweave.pages.events.ignored", "Events for what was not there or not to be operated", ignored)
                .register(registry);
        counter("plainweave.pages.handler.failures", "Handlers of pages that have thrown", failures)
                .register(registry);
        counter("plainweave.pages.violations", "Connections closed for breaking the pages' protocol", violations)
                .register(registry);
        counter("plainweave.pages.slowed", "Messages that waited: more came in a second than may", slowed)
                .register(registry);
        gone.forEach((reason, count) -> counter("plainweave.pages.gone", "Greetings for which there was no page", count)
                .tag("reason", reason)
                .register(registry));
        refused.forEach((limit, count) -> counter("plainweave.pages.refusals", "Refused for a limit of pages", count)
                .tag("limit", limit)
                .register(registry));
    }

    private static FunctionCounter.Builder<LongAdder> counter(String name, String description, LongAdder count) {
        return FunctionCounter.builder(name, count, LongAdder::sum).description(description);
    }
}
