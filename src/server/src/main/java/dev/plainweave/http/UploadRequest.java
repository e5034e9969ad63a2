package dev.plainweave.http;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A multipart request whose parts are parsed under our limits, by Jetty, when they are first asked for. */
final class UploadRequest extends HttpServletRequestWrapper {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Uploads limits;
    private boolean parsed;

    UploadRequest(HttpServletRequest request, Uploads limits) {
        super(request);
        this.limits = limits;
        request.setAttribute(
                ServletContextRequest.MULTIPART_CONFIG_ELEMENT,
                new MultipartConfigElement(
                        limits.directory().toString(), limits.maxPartBytes(), limits.maxBytes(), limits.memoryBytes()));
    }

    static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/form-data", 0, "multipart/form-data".length());
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        parse();
        return super.getParts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        parse();
        return super.getPart(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        parseForParameters();
        return super.getParameter(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        parseForParameters();
        return super.getParameterNames();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        parseForParameters();
        return super.getParameterMap();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        parseForParameters();
        return super.getParameterValues(name);
    }

    private void parseForParameters() {
        try {
            parse();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Has the parts parsed and kept where the servlet layer will find them. */
    private void parse() throws IOException {
        if (parsed) {
            return;
        }
        parsed = true;
        if (getContentLengthLong() > limits.maxBytes()) {
            throw tooLarge();
        }
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(getRequest());
        String type = getContentType();
        if (type == null || MultiPart.extractBoundary(type) == null) {
            throw malformed();
        }
        MultiPartConfig config = new MultiPartConfig.Builder()
                .location(limits.directory())
                .maxParts(limits.maxParts())
                .maxPartSize(limits.maxPartBytes())
                .maxSize(limits.maxBytes())
                .maxMemoryPartSize(limits.memoryBytes())
                .bufferPool(new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), false, BUFFER_BYTES))
                .build();
        try {
            MultiPartFormData.Parts parts = MultiPartFormData.getParts(request, request, type, config);
            Request.addCompletionListener(request, end -> parts.close());
        } catch (CompletionException failed) {
            throw translated(failed);
        }
    }

    /** Jetty's parser tells a limit from a malformed body by the exception's type alone. */
    private static HttpError translated(CompletionException failed) throws IOException {
        Throwable cause = failed.getCause();
        if (cause instanceof IllegalStateException) {
            return tooLarge();
        }
        boolean truncated =
                cause instanceof EOFException && !(cause instanceof EofException); // the parts, not the request
        if (cause instanceof IOException gone && !truncated) {
            throw gone;
        }
        return malformed();
    }

    private static HttpError tooLarge() {
        return new HttpError(413, "the upload is larger than this server takes, or has more parts");
    }

    private static HttpError malformed() {
        return new HttpError(400, "the body is not what its multipart content type says");
    }
}
