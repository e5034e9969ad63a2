package dev.plainweave.server;

import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the certificate of a running server when its files have changed. New connections get the new one; a file that
 * cannot be used leaves the old one in its place.
 */
final class TlsReloader {
    private static final Logger LOGGER = LoggerFactory.getLogger(TlsReloader.class);

    private final Tls tls;
    private final SslContextFactory.Server factory;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread watcher;

    TlsReloader(Tls tls, SslContextFactory.Server factory) {
        this.tls = tls;
        this.factory = factory;
    }

    /** Looks at the files from now on, unless that is not wanted. */
    void start() {
        Duration interval = tls.reloadInterval();
        if (!interval.isZero()) {
            Thread started = Thread.ofVirtual().name("tls-reload").unstarted(() -> watch(interval));
            watcher = started;
            started.start();
        }
    }

    void stop() {
        Thread stopped = watcher;
        watcher = null;
        LockSupport.unpark(stopped);
    }

    /** Files are read when two looks in a row see the same change: until then somebody may be writing them. */
    private void watch(Duration interval) {
        String loaded = tls.firstFingerprint();
        String seen = loaded;
        while (true) {
            long due = System.nanoTime() + interval.toNanos();
            for (long wait = interval.toNanos(); wait > 0 && watcher != null; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(this, wait);
            }
            if (watcher == null) {
                return;
            }
            String now = tls.fingerprint();
            if (!now.isEmpty() && !now.equals(loaded) && now.equals(seen)) {
                loaded = now;
                tryReload();
            }
            seen = now;
        }
    }

    private void tryReload() {
        try {
            reload();
            LOGGER.info("the certificate was loaded anew from {}", tls);
        } catch (IllegalArgumentException unusable) {
            LOGGER.warn("the old certificate stays in use: {}", unusable.getMessage());
        } catch (RuntimeException failed) {
            LOGGER.warn("the old certificate stays in use", failed);
        }
    }

    /**
     * Loads the files.
     *
     * @throws IllegalArgumentException when they cannot be used; the old certificate stays
     */
    void reload() {
        lock.lock();
        try {
            KeyStore fresh = tls.load();
            factory.reload(changed -> changed.setKeyStore(fresh));
        } catch (RuntimeException unusable) {
            throw unusable;
        } catch (Exception failed) {
            throw new IllegalStateException("the certificate could not be exchanged", failed);
        } finally {
            lock.unlock();
        }
    }
}
