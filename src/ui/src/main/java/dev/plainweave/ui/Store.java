package dev.plainweave.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@link Storage}s are kept, each as one JSON document: in memory, in files, or in whatever an application puts here.
 * All methods are called by many threads, for different keys at the same time, and may block.
 */
public interface Store {
    /**
     * What was saved under the key; it counts as used by that. The key is of lower-case letters, digits and {@code -}, at
     * most 80 of them, and tells nothing of who it is: it fits a file's name.
     */
    Optional<String> load(String key) throws IOException;

    /**
     * Saves it, instead of what was there: wholly or not at all.
     *
     * @return false, if there are as many as there may be, and this would be one more
     */
    boolean save(String key, String document) throws IOException;

    /** Forgets it. Harmless where there is nothing. */
    void remove(String key) throws IOException;

    /** What was loaded is no document: puts it where it can be looked at, and where nothing is loaded from any more. */
    void setAside(String key) throws IOException;

    /** Forgets what nobody has used for {@link StorageLimits#unused}. Called every hour. */
    void expire() throws IOException;

    /** How much may be kept. */
    default StorageLimits limits() {
        return StorageLimits.DEFAULT;
    }

    /** In memory, until the server stops. */
    static Store memory() {
        return memory(StorageLimits.DEFAULT);
    }

    /** In memory, until the server stops. */
    static Store memory(StorageLimits limits) {
        return new MemoryStore(limits);
    }

    /** In files, with the default limits. */
    static Store files(Path directory) throws IOException {
        return files(directory, StorageLimits.DEFAULT);
    }

    /**
     * In files, one for each storage, replaced by an atomic rename. The directory is one server's own. It is made if there
     * is none, for its owner alone where the file system can say so; file names are digests, which tell nothing of whose
     * they are. A file that is no JSON object is renamed to {@code *.broken}, told with a WARN, and expires like others.
     *
     * @throws IOException if there is no such directory and none can be made, or it cannot be written to
     */
    static Store files(Path directory, StorageLimits limits) throws IOException {
        return new FileStore(directory, limits);
    }
}
