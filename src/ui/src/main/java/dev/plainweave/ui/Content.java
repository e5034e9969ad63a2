package dev.plainweave.ui;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The bytes of a download, made when the browser fetches them, by plain blocking code:
 *
 * <pre>{@code
 * page.download("orders.csv", "text/csv", out -> {
 *     for (Order order : orders.all()) out.write(order.line().getBytes(UTF_8));   // as slowly as the browser reads
 * });
 * }</pre>
 */
@FunctionalInterface
public interface Content {
    /**
     * Writes them, once, on the connection's own virtual thread: not as a handler of the page, and without its turn.
     *
     * @param out buffered; waits while the browser does not read, and throws {@link IOException} when it has gone, which is
     *     an ordinary end: let it pass. It need not be closed.
     * @throws Exception anything else breaks the download off, and is told to the page and the log as a handler's failure is
     */
    void writeTo(OutputStream out) throws Exception;

    /**
     * How many bytes there will be, so that the browser can show how far it is; empty where that is not known before.
     *
     * @throws IOException if it cannot be found out
     */
    default OptionalLong length() throws IOException {
        return OptionalLong.empty();
    }

    /** The same with a length. Writing more or fewer bytes than that is a failure. */
    default Content length(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a length is not negative, was " + bytes);
        }
        Content body = this;
        return new Content() {
            @Override
            public void writeTo(OutputStream out) throws Exception {
                body.writeTo(out);
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.of(bytes);
            }
        };
    }

    /** These bytes, which must not be changed any more. */
    static Content of(byte[] bytes) {
        Content content = out -> out.write(bytes);
        return content.length(bytes.length);
    }

    /** This text, in UTF-8. */
    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the file holds when it is fetched. */
    static Content of(Path file) {
        Objects.requireNonNull(file, "file");
        return new Content() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                Files.copy(file, out);
            }

            @Override
            public OptionalLong length() throws IOException {
                return OptionalLong.of(Files.size(file));
            }
        };
    }
}
