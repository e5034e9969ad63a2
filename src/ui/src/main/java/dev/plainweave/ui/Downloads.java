package dev.plainweave.ui;

import dev.plainweave.http.HttpError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;

/**
 * Downloads that a browser has been told to fetch, each once: at an address that nobody can guess, for the visitor whose
 * page offers it. What is not fetched in time, or before its page has ended, is fetched no more.
 */
final class Downloads {
    static final String PATH = "/_plainweave/download/";
    private static final int TOKEN_BYTES = 16;

    private record Download(LivePage page, String disposition, String type, Content content, long since) {}

    private final Map<String, Download> waiting = new ConcurrentHashMap<>();
    private final Pages pages;

    Downloads(Pages pages) {
        this.pages = pages;
    }

    /** Tells the page's browser to fetch it. */
    static void start(LivePage page, String name, String mediaType, Content content) {
        String url = page.all().downloads().offer(page, name, mediaType, content);
        page.command(new Command("download", List.of(url), null));
    }

    /** Where the page's visitor gets it, below the base path. */
    String offer(LivePage page, String name, String mediaType, Content content) {
        Download download =
                new Download(page, Disposition.of(name), Disposition.mediaType(mediaType), content, System.nanoTime());
        int most = pages.limits().downloads();
        if (waiting.values().stream().filter(other -> other.page() == page).count() >= most) {
            throw new IllegalStateException("more than " + most + " downloads of this page wait for its browser");
        }
        String token = pages.token(TOKEN_BYTES);
        waiting.put(token, download);
        if (page.hasEnded()) {
            waiting.remove(token);
        }
        return PATH + token;
    }

    void forget(LivePage page) {
        if (!waiting.isEmpty()) {
            waiting.values().removeIf(download -> download.page() == page);
        }
    }

    /** Forgets those that nobody has fetched. */
    void expire() {
        long oldest = System.nanoTime() - pages.limits().downloadWait().toNanos();
        waiting.values().removeIf(download -> download.since() - oldest < 0);
    }

    /** How many have not been fetched. */
    int waiting() {
        return waiting.size();
    }

    void serve(HttpServletRequest request, HttpServletResponse response, String token) throws Exception {
        Download download = waiting.get(token);
        if (download == null
                || !download.page().visitor.equals(Visitors.of(request).orElse(""))) {
            throw new HttpError(404, "this download is over, or was never for you");
        }
        boolean get = request.getMethod().equals("GET");
        if (get && !waiting.remove(token, download)) {
            throw new HttpError(404, "this download is over");
        }
        response.setContentType(download.type());
        response.setHeader("Content-Disposition", download.disposition());
        response.setHeader("Cache-Control", "no-store, no-transform");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        if (get) {
            send(download, request, response);
        }
    }

    private void send(Download download, HttpServletRequest request, HttpServletResponse response) throws IOException {
        CountedOutput out = new CountedOutput(response.getOutputStream());
        try {
            OptionalLong length = download.content().length();
            length.ifPresent(response::setContentLengthLong);
            download.content().writeTo(out);
            if (length.isPresent() && out.count() != length.getAsLong()) {
                throw new IllegalStateException(
                        "the download was to have " + length.getAsLong() + " bytes, its content wrote " + out.count());
            }
            out.flush();
        } catch (Throwable failure) {
            IOException lost = out.lost();
            if (lost != null) {
                throw lost; // the browser has gone: the connection's own word, whatever the content made of it
            }
            String error = download.page().failed(failure);
            if (!response.isCommitted()) {
                response.reset();
                throw new HttpError(500, "The download failed. (" + error + ")");
            }
            throw broken(request);
        }
    }

    /** Ends the connection without the response's proper end: so the browser takes no half for a whole. */
    private static IOException broken(HttpServletRequest request) {
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
        return new EofException("a download was broken off by its content");
    }
}
