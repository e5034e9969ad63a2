package dev.plainweave.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Limits of uploads in {@code multipart/form-data} (RFC 7578), which a handler reads by {@link
 * HttpServletRequest#getParts()}. A part goes to disk while it arrives, once it is larger than the memory it may have; its
 * file is gone when the request is done. A request beyond a limit gets 413.
 *
 * @param maxBytes of the whole body
 * @param maxPartBytes of one part
 * @param maxParts in a request
 * @param memoryBytes that a part may take before it goes to disk
 * @param directory where files go
 */
public record Uploads(long maxBytes, long maxPartBytes, int maxParts, int memoryBytes, Path directory) {
    /** 32 MiB a request, 32 MiB a part, 100 parts, 64 KiB in memory, files in the system's temporary directory. */
    public static final Uploads DEFAULT =
            new Uploads(32L << 20, 32L << 20, 100, 64 << 10, Path.of(System.getProperty("java.io.tmpdir")));

    /** Checks the values. */
    public Uploads {
        if (maxBytes < 1 || maxPartBytes < 1 || maxParts < 1 || memoryBytes < 0) {
            throw new IllegalArgumentException("limits of uploads must be positive, were maxBytes " + maxBytes
                    + ", maxPartBytes " + maxPartBytes + ", maxParts " + maxParts + ", memoryBytes " + memoryBytes);
        }
        Objects.requireNonNull(directory, "directory");
    }

    /** The default with another size of the whole body and of a part. */
    public static Uploads ofBytes(long maxBytes) {
        return new Uploads(maxBytes, maxBytes, DEFAULT.maxParts, DEFAULT.memoryBytes, DEFAULT.directory);
    }

    /** The request with its parts readable, if it is an upload. */
    HttpServletRequest open(HttpServletRequest request) {
        return UploadRequest.isUpload(request) ? new UploadRequest(request, this) : request;
    }
}
