package dev.plainweave.ui;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps documents as they are written. */
final class MemoryStore implements Store {
    private record Kept(String document, long used) {}

    private final Map<String, Kept> all = new ConcurrentHashMap<>();
    private final StorageLimits limits;

    MemoryStore(StorageLimits limits) {
        this.limits = limits;
    }

    @Override
    public StorageLimits limits() {
        return limits;
    }

    @Override
    public Optional<String> load(String key) {
        return Optional.ofNullable(
                        all.computeIfPresent(key, (same, kept) -> new Kept(kept.document(), System.nanoTime())))
                .map(Kept::document);
    }

    @Override
    public boolean save(String key, String document) {
        boolean room = all.size() < limits.storages();
        AtomicBoolean saved = new AtomicBoolean();
        all.compute(key, (same, old) -> {
            saved.set(room || old != null);
            return saved.get() ? new Kept(document, System.nanoTime()) : null;
        });
        return saved.get();
    }

    @Override
    public void remove(String key) {
        all.remove(key);
    }

    @Override
    public void setAside(String key) {
        all.remove(key);
    }

    @Override
    public void expire() {
        long oldest = System.nanoTime() - limits.unused().toNanos();
        all.values().removeIf(kept -> kept.used() - oldest < 0);
    }
}
