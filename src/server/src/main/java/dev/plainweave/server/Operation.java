package dev.plainweave.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** What a server does for those who run it: health, metrics, access log, certificates that are exchanged. */
final class Operation {
    final Health health = new Health();
    final List<MeterRegistry> registries = new ArrayList<>();
    final List<MeterBinder> meters = new ArrayList<>();

    @Nullable
    String healthPath;

    @Nullable
    String metricsPath;

    @Nullable
    AccessLog accessLog;

    @Nullable
    Duration readinessDelay;

    private @Nullable MetricsPage page;
    private @Nullable TlsReloader reloader;

    /** Fills in what code has not set. */
    void configure(Config config) {
        healthPath = healthPath != null
                ? healthPath
                : config.get("health", Config::path).orElse(null);
        metricsPath = metricsPath != null
                ? metricsPath
                : config.get("metrics", Config::path).orElse(null);
        accessLog = accessLog != null
                ? accessLog
                : config.get("accessLog", AccessLog::parse).orElse(AccessLog.OFF);
        readinessDelay = readinessDelay != null
                ? readinessDelay
                : config.get("readinessDelay", text -> Quantity.duration("readinessDelay", text))
                        .orElse(Duration.ZERO);
    }

    void addRoutes(WebServer.Builder builder) {
        if (healthPath != null) {
            health.addTo(builder, healthPath);
        }
        if (metricsPath != null) {
            page = new MetricsPage(meters);
            builder.get(metricsPath, page);
        }
    }

    /** The log to write after counting, if one is wanted. */
    RequestLog log(RequestCounts counts, dev.plainweave.websocket.WebSocketRoutes sockets) {
        if (accessLog == null || accessLog == AccessLog.OFF) {
            return counts;
        }
        AccessLogWriter writer = new AccessLogWriter(accessLog);
        sockets.onClosed(writer::log);
        return new RequestLog.Collection(counts, writer);
    }

    void secured(Tls tls, SslContextFactory.Server factory) {
        reloader = new TlsReloader(tls, factory);
    }

    /** The server has started. */
    void started(Stats stats) {
        if (page != null) {
            page.show(stats);
        }
        for (MeterRegistry registry : registries) {
            new Metrics(stats).bindTo(registry);
            new VirtualThreadMetrics().bindTo(registry);
            meters.forEach(more -> more.bindTo(registry));
        }
        if (reloader != null) {
            reloader.start();
        }
    }

    void reloadTls() {
        if (reloader == null) {
            throw new IllegalStateException("this server has no certificate: it was built without tls");
        }
        reloader.reload();
    }

    /** The server begins to stop: it is not ready any more, and waits until that has been noticed. */
    void stopping() throws InterruptedException {
        health.stopping();
        if (reloader != null) {
            reloader.stop();
        }
        if (readinessDelay != null) {
            Thread.sleep(readinessDelay);
        }
    }

    void stopped() {
        if (page != null) {
            page.close();
        }
    }
}
