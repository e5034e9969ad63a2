package dev.plainweave.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The scheduler of virtual threads, where the JDK tells of it: from 24 on, by the bean that this asks by name. */
final class VirtualThreadMetrics implements MeterBinder {
    private static final String BEAN = "jdk.management:type=VirtualThreadScheduler";

    @Override
    public void bindTo(MeterRegistry registry) {
        MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName scheduler = new ObjectName(BEAN);
            if (platform.isRegistered(scheduler)) {
                gauge(registry, platform, scheduler, "parallelism", "Parallelism", "Carriers that should run");
                gauge(registry, platform, scheduler, "carriers", "PoolSize", "Carriers that there are");
                gauge(registry, platform, scheduler, "mounted", "MountedVirtualThreadCount", "Threads on a carrier");
                gauge(registry, platform, scheduler, "queued", "QueuedVirtualThreadCount", "Threads that wait for one");
            }
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void gauge(
            MeterRegistry registry, MBeanServer platform, ObjectName bean, String name, String attribute, String text) {
        Gauge.builder("plainweave.virtual.threads." + name, platform, server -> value(server, bean, attribute))
                .description(text)
                .register(registry);
    }

    private static double value(MBeanServer platform, ObjectName bean, String attribute) {
        try {
            return platform.getAttribute(bean, attribute) instanceof Number number ? number.doubleValue() : Double.NaN;
        } catch (JMException untold) {
            return Double.NaN;
        }
    }
}
