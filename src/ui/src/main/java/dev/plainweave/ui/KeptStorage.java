package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One storage in memory, for as long as some page has it: its values as JSON, and those that were asked for as properties. */
final class KeptStorage implements Storage {
    private static final Logger LOGGER = LoggerFactory.getLogger(Storage.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** A value; without JSON it is as it began, and is not kept. */
    private static final class Value {
        @Nullable
        JsonNode json;

        int size;

        @Nullable
        Property<?> property;

        @Nullable
        JavaType type;

        Runnable reset = () -> {};
    }

    final String key;
    private final Storages storages;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock saving = new ReentrantLock();
    private final Map<String, Value> values = new TreeMap<>();
    private final boolean durable;
    private int size;
    private boolean loaded;
    private boolean unsaved;
    private boolean closed;
    /** Pages that have it. Guarded by the map of all. */
    int users;

    /** When the last page gave it back, by System.nanoTime. */
    long released;

    KeptStorage(Storages storages, String key, boolean durable) {
        this.storages = storages;
        this.key = key;
        this.durable = durable;
        loaded = !durable;
    }

    @Override
    public <T> Property<T> property(String name, Class<T> type, T first) {
        return property(name, Storages.JSON.constructType(type), first);
    }

    @Override
    public <T> Property<List<T>> list(String name, Class<T> elements) {
        return property(
                name, Storages.JSON.getTypeFactory().constructCollectionType(List.class, elements), List.<T>of());
    }

    @SuppressWarnings("unchecked") // the same type as when it was made, which is looked at
    private <T> Property<T> property(String name, JavaType type, T first) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name in a storage is of 1 to 100 letters, digits, '.', '-' and '_', was \"" + name + "\"");
        }
        lock.lock();
        try {
            load();
            Value value = values.computeIfAbsent(name, fresh -> new Value());
            if (value.property == null) {
                Property<T> property = Property.of(
                        kept(name, value, type).map(json -> (T) json).orElse(first));
                value.type = type;
                value.property = property;
                value.reset = () -> property.value(first);
                property.onChange(new Keeper<>(name, value, property)::changed);
            } else if (!type.equals(value.type)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" in this storage is a " + value.type + ", not a " + type);
            }
            return (Property<T>) Objects.requireNonNull(value.property);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Object> kept(String name, Value value, JavaType type) {
        if (value.json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Storages.JSON.readerFor(type).readValue(value.json));
        } catch (IOException | RuntimeException unfit) {
            LOGGER.warn("what was kept as \"{}\" in the storage {} is no {}; it begins anew", name, key, type, unfit);
            return Optional.empty();
        }
    }

    /** Takes each change of a property into the storage, or takes it back. */
    private final class Keeper<T> {
        private final String name;
        private final Value value;
        private final Property<T> property;
        private T last;

        Keeper(String name, Value value, Property<T> property) {
            this.name = name;
            this.value = value;
            this.property = property;
            last = property.value();
        }

        void changed(T ignored) {
            T refused;
            RuntimeException why;
            lock.lock();
            try {
                T now = property.value();
                try {
                    keep(value, Storages.JSON.valueToTree(now), name);
                    last = now;
                    return;
                } catch (RuntimeException unfit) {
                    refused = last;
                    why = unfit;
                }
            } finally {
                lock.unlock();
            }
            property.value(refused);
            throw why;
        }
    }

    private void keep(Value value, JsonNode json, String name) {
        int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length + name.length() + 4;
        int most = storages.limits().bytes();
        if (size - value.size + bytes > most) {
            throw new IllegalStateException("the storage " + key + " may have " + most + " bytes, \"" + name
                    + "\" would make it " + (size - value.size + bytes));
        }
        size += bytes - value.size;
        value.size = bytes;
        value.json = json;
        soon();
    }

    @Override
    public Set<String> names() {
        lock.lock();
        try {
            load();
            return values.entrySet().stream()
                    .filter(entry -> entry.getValue().json != null)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void clear() {
        List<Value> all;
        lock.lock();
        try {
            load();
            all = List.copyOf(values.values());
        } finally {
            lock.unlock();
        }
        all.forEach(value -> value.reset.run()); // tells its listeners, so without the lock
        lock.lock();
        try {
            all.forEach(value -> {
                value.json = null;
                value.size = 0;
            });
            size = 0;
            soon();
        } finally {
            lock.unlock();
        }
    }

    // The store.

    private void soon() {
        if (durable && !closed && !unsaved) {
            unsaved = true;
            storages.saveSoon(this);
        }
    }

    private void load() {
        if (loaded) {
            return;
        }
        try {
            String document = storages.store().load(key).orElse("{}");
            read(document);
            loaded = true;
        } catch (IOException failed) {
            throw new UncheckedIOException("the storage " + key + " cannot be read", failed);
        }
    }

    private void read(String document) throws IOException {
        JsonNode all;
        try {
            all = Storages.JSON.readTree(document);
        } catch (JsonProcessingException broken) {
            all = null;
        }
        if (all == null || !all.isObject()) {
            LOGGER.warn(
                    "the storage {} in {} is broken: no JSON object. It is put aside, and begins anew",
                    key,
                    storages.store());
            storages.store().setAside(key);
            return;
        }
        all.properties().forEach(entry -> {
            Value value = new Value();
            value.json = entry.getValue();
            value.size = entry.getValue().toString().getBytes(StandardCharsets.UTF_8).length
                    + entry.getKey().length()
                    + 4;
            size += value.size;
            values.put(entry.getKey(), value);
        });
    }

    private ObjectNode document() {
        ObjectNode all = Storages.JSON.createObjectNode();
        values.forEach((name, value) -> {
            if (value.json != null) {
                all.set(name, value.json);
            }
        });
        return all;
    }

    /** Writes what has changed. May block. */
    void save() {
        saving.lock();
        try {
            ObjectNode document;
            lock.lock();
            try {
                if (!unsaved) {
                    return;
                }
                unsaved = false;
                document = document();
            } finally {
                lock.unlock();
            }
            try {
                write(document);
            } catch (IOException | RuntimeException failed) {
                LOGGER.warn(
                        "the storage {} could not be saved in {}; it is tried again", key, storages.store(), failed);
                lock.lock();
                try {
                    unsaved = true;
                } finally {
                    lock.unlock();
                }
            }
        } finally {
            saving.unlock();
        }
    }

    private void write(ObjectNode document) throws IOException {
        if (document.isEmpty()) {
            storages.store().remove(key);
        } else if (!storages.store().save(key, document.toString())) {
            storages.full();
        }
    }

    boolean isUnsaved() {
        lock.lock();
        try {
            return unsaved;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing that is done with its properties from now on is kept; false, if there is something left to save. */
    boolean close() {
        lock.lock();
        try {
            closed = !unsaved;
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Begins with what another one has. */
    void copy(KeptStorage other) {
        ObjectNode document;
        other.lock.lock();
        try {
            document = other.document();
        } finally {
            other.lock.unlock();
        }
        lock.lock();
        try {
            read(document.toString());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            lock.unlock();
        }
    }
}
