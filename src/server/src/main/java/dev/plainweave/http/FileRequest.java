package dev.plainweave.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** A request for a file: answered in blocking code, on the connection's thread, and perhaps without its Range. */
final class FileRequest extends HttpServletRequestWrapper {
    private static final String RANGE = "Range";

    private final boolean ranges;

    FileRequest(HttpServletRequest request, boolean ranges) {
        super(request);
        this.ranges = ranges;
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return shown(name) ? super.getHeader(name) : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return shown(name) ? super.getHeaders(name) : Collections.emptyEnumeration();
    }

    private boolean shown(String name) {
        return ranges || !RANGE.equalsIgnoreCase(name);
    }
}
