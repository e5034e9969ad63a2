package dev.plainweave.http;

import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Compresses responses with gzip: text and its kin, of 1 KiB or more; never event streams, nor ranges of a file. Request
 * bodies are not decompressed: a small one could become very large.
 */
final class Compressor extends CompressionHandler {
    /** Below, a packet is a packet. */
    static final int MIN_BYTES = 1024;

    private static final String[] TYPES = {
        "text/html",
        "text/css",
        "text/plain",
        "text/javascript",
        "text/markdown",
        "text/csv",
        "text/xml",
        "application/javascript",
        "application/json",
        "application/problem+json",
        "application/manifest+json",
        "application/xml",
        "application/xhtml+xml",
        "application/wasm",
        "image/svg+xml"
    };

    Compressor(Handler handler) {
        super(handler);
        GzipCompression gzip = new GzipCompression();
        gzip.setMinCompressSize(MIN_BYTES);
        putCompression(gzip);
        CompressionConfig.Builder config =
                CompressionConfig.builder().compressIncludeMethod("GET").compressIncludeMethod("POST");
        for (String type : TYPES) {
            config.compressIncludeMimeType(type);
        }
        putConfiguration("/", config.decompressExcludeEncoding("gzip").build());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return request.getHeaders().contains(HttpHeader.RANGE)
                ? getHandler().handle(request, response, callback)
                : super.handle(request, response, callback);
    }
}
