package dev.plainweave.ui;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps each document in a file of its own. When a file was last used is its time of modification. */
final class FileStore implements Store {
    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,80}");
    private static final String KEPT = ".json";
    private static final String BROKEN = ".broken";
    private static final String UNFINISHED = ".new";

    private final Path directory;
    private final StorageLimits limits;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong unfinished = new AtomicLong();

    FileStore(Path directory, StorageLimits limits) throws IOException {
        this.directory = directory.toAbsolutePath();
        this.limits = limits;
        boolean posix =
                this.directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(this.directory)) {
            Files.createDirectories(this.directory);
            if (posix) {
                Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Files.delete(Files.createTempFile(this.directory, "writable", UNFINISHED));
        for (Path left : files(UNFINISHED)) {
            Files.deleteIfExists(left); // a server was stopped in the midst of a save; what was there before still is
        }
        expire();
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .toList();
        }
    }

    private Path file(String key, String suffix) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a key is of a-z, 0-9 and -, was \"" + key + "\"");
        }
        return directory.resolve(key + suffix);
    }

    @Override
    public StorageLimits limits() {
        return limits;
    }

    @Override
    public Optional<String> load(String key) throws IOException {
        Path file = file(key, KEPT);
        try {
            // Not readString: bytes that are no UTF-8 are a broken document, not a failure to read one.
            String document = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(document);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    @Override
    public boolean save(String key, String document) throws IOException {
        Path file = file(key, KEPT);
        boolean fresh = !Files.exists(file);
        if (fresh && count.incrementAndGet() > limits.storages()) {
            count.decrementAndGet();
            return false;
        }
        Path written = file(key, "." + unfinished.incrementAndGet() + UNFINISHED);
        try {
            try (FileChannel out = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true); // before the rename, or a power cut could leave an empty file under the good name
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException failed) {
            if (fresh) {
                count.decrementAndGet();
            }
            Files.deleteIfExists(written);
            throw failed;
        }
    }

    @Override
    public void remove(String key) throws IOException {
        if (Files.deleteIfExists(file(key, KEPT))) {
            count.decrementAndGet();
        }
    }

    @Override
    public void setAside(String key) throws IOException {
        Files.move(file(key, KEPT), file(key, KEPT + BROKEN), StandardCopyOption.REPLACE_EXISTING);
        count.decrementAndGet();
    }

    @Override
    public void expire() throws IOException {
        Instant oldest = Instant.now().minus(limits.unused());
        int left = 0;
        for (String suffix : List.of(KEPT, BROKEN)) {
            for (Path file : files(suffix)) {
                if (isOlder(file, oldest)) {
                    Files.deleteIfExists(file);
                } else if (suffix.equals(KEPT)) {
                    left++;
                }
            }
        }
        count.set(left);
    }

    private static boolean isOlder(Path file, Instant oldest) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
