package dev.plainweave.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storages that open pages have, over the store that keeps them. All pages that have the same one have the same object;
 * when none has it any more, and it is saved, it leaves the memory.
 */
final class Storages implements AutoCloseable {
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private static final Logger LOGGER = LoggerFactory.getLogger(Storage.class);
    private static final Duration SAVE = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration EXPIRE = Duration.ofHours(1);

    private final Map<String, KeptStorage> open = new ConcurrentHashMap<>();
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - LOOK.toNanos());
    private final Store store;
    private final Clock clock;
    private volatile @Nullable KeptStorage application;

    Storages(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        clock.every(LOOK, this::look);
        clock.every(EXPIRE, () -> blocking(this::expire));
    }

    Store store() {
        return store;
    }

    StorageLimits limits() {
        return store.limits();
    }

    /** How many are in memory. */
    int size() {
        return open.size();
    }

    /** What a cookie or a name is digested to: a key tells nothing of it, and no key is of a user's making. */
    static String key(Scope scope, String id) {
        String prefix = scope.name().toLowerCase(Locale.ROOT);
        if (scope == Scope.APPLICATION) {
            return prefix;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return prefix + "-" + HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One for a page, which gives it back by {@link #release}. */
    KeptStorage open(Scope scope, String id) {
        return Objects.requireNonNull(open.compute(key(scope, id), (key, known) -> {
            KeptStorage storage = known == null ? new KeptStorage(this, key, scope != Scope.TAB) : known;
            storage.users++;
            return storage;
        }));
    }

    /** That of the application, which is never given back. */
    KeptStorage application() {
        KeptStorage known = application;
        if (known == null) {
            known = open(Scope.APPLICATION, "");
            application = known;
        }
        return known;
    }

    void release(KeptStorage storage) {
        open.computeIfPresent(storage.key, (key, known) -> {
            known.users--;
            known.released = System.nanoTime();
            return known;
        });
        evict(storage.key);
    }

    private void evict(String key) {
        long now = System.nanoTime();
        open.computeIfPresent(key, (same, storage) -> {
            boolean kept = key.startsWith("tab-")
                    && now - storage.released < limits().tab().toNanos();
            return storage.users > 0 || kept || !storage.close() ? storage : null;
        });
    }

    /** Saves it when a moment has passed, for there may be more to save by then. */
    void saveSoon(KeptStorage storage) {
        clock.after(SAVE, () -> blocking(() -> save(storage)));
    }

    private void save(KeptStorage storage) {
        storage.save();
        evict(storage.key);
    }

    private static void blocking(Runnable work) {
        Thread.ofVirtual().name("page-storage").start(work);
    }

    private void look() {
        long tabs = open.keySet().stream().filter(key -> key.startsWith("tab-")).count();
        if (tabs > limits().storages()) {
            LOGGER.warn("{} tabs have a storage, which is more than {}", tabs, limits().storages());
        }
        for (KeptStorage storage : List.copyOf(open.values())) {
            if (storage.isUnsaved()) {
                blocking(() -> save(storage));
            } else {
                evict(storage.key);
            }
        }
    }

    private void expire() {
        try {
            store.expire();
        } catch (IOException | RuntimeException failed) {
            LOGGER.warn("storages that nobody uses could not be removed from {}", store, failed);
        }
    }

    /** There is no room for one more in the store. */
    void full() {
        long now = System.nanoTime();
        long before = warned.get();
        if (now - before >= LOOK.toNanos() && warned.compareAndSet(before, now)) {
            LOGGER.warn(
                    "{} storages are kept in {}, which is the limit: further ones are not", limits().storages(), store);
        }
    }

    /** Saves all that has not been. */
    @Override
    public void close() {
        open.values().forEach(KeptStorage::save);
    }
}
