package dev.plainweave.server;

import dev.plainweave.http.HttpHandler;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shows the server's and the JVM's meters to Prometheus. The registry is made when it is first asked for, since a server
 * shall start quickly: nothing is lost by it, but for the JVM's collections, which are counted from then on.
 */
final class MetricsPage implements HttpHandler, AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text";

    /** Everything that a scrape needs. */
    private record Shown(PrometheusMeterRegistry registry, JvmGcMetrics collections) {
        static Shown of(Stats stats, List<MeterBinder> more) {
            Shown shown = new Shown(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), new JvmGcMetrics());
            for (MeterBinder binder : List.of(
                    new Metrics(stats),
                    new VirtualThreadMetrics(),
                    new JvmMemoryMetrics(),
                    new JvmThreadMetrics(),
                    new ClassLoaderMetrics(),
                    new ProcessorMetrics(),
                    new UptimeMetrics(),
                    new FileDescriptorMetrics(),
                    shown.collections())) {
                binder.bindTo(shown.registry());
            }
            more.forEach(binder -> binder.bindTo(shown.registry()));
            return shown;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final List<MeterBinder> more;
    private volatile @Nullable Stats stats;
    private @Nullable Shown shown;

    /** Shows the application's own beside them. */
    MetricsPage(List<MeterBinder> more) {
        this.more = more;
    }

    /** The server has started. */
    void show(Stats figures) {
        stats = figures;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Stats figures = stats;
        if (figures == null) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        String accept = request.getHeader("Accept");
        String type = accept != null && accept.contains(OPEN_METRICS)
                ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
                : TEXT;
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        registry(figures).scrape(response.getOutputStream(), type);
    }

    private PrometheusMeterRegistry registry(Stats figures) {
        lock.lock();
        try {
            Shown made = shown != null ? shown : Shown.of(figures, more);
            shown = made;
            return made.registry();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (shown != null) {
                shown.collections().close();
                shown.registry().close();
            }
        } finally {
            lock.unlock();
        }
    }
}
