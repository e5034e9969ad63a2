package dev.plainweave.ui;

import dev.plainweave.http.HttpError;
import dev.plainweave.websocket.Registration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Pictures that are shown on pages and are no files of the site: each at an address that nobody can guess, for the visitor
 * whose page shows it, for as long as that does.
 */
final class Pictures {
    static final String PATH = "/_plainweave/picture/";

    private static final int TOKEN_BYTES = 16;
    private static final Pattern TYPE = Pattern.compile("image/[a-z0-9.+-]+");

    private interface Content {
        void write(HttpServletResponse response) throws IOException;
    }

    private record Picture(String visitor, String type, Content content) {}

    private final Map<String, Picture> pictures = new ConcurrentHashMap<>();
    private final Pages pages;

    Pictures(Pages pages) {
        this.pages = pages;
    }

    /** Shows it in the element, until that is removed or shows another. */
    String publish(LivePage page, byte[] bytes, String mediaType) {
        byte[] copy = bytes.clone();
        return publish(page, mediaType, response -> {
            response.setContentLength(copy.length);
            response.getOutputStream().write(copy);
        });
    }

    String publish(LivePage page, Path file, String mediaType) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        return publish(page, mediaType, response -> {
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        });
    }

    private String publish(LivePage page, String mediaType, Content content) {
        if (!TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("no picture is of the type '" + mediaType + "', expected image/...");
        }
        String token = pages.token(TOKEN_BYTES);
        pictures.put(token, new Picture(page.visitor, mediaType, content));
        return token;
    }

    Registration held(String token) {
        return () -> pictures.remove(token);
    }

    int size() {
        return pictures.size();
    }

    void serve(HttpServletRequest request, HttpServletResponse response, String token) throws IOException {
        Picture picture = pictures.get(token);
        if (picture == null || !picture.visitor().equals(Visitors.of(request).orElse(""))) {
            throw new HttpError(404);
        }
        response.setContentType(picture.type());
        response.setHeader("Cache-Control", "private, max-age=31536000, immutable"); // another picture, another token
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"); // SVG
        picture.content().write(response);
    }
}
