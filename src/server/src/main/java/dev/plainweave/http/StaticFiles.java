package dev.plainweave.http;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee11.servlet.ResourceServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.PreCompressedHttpContentFactory;
import org.eclipse.jetty.http.content.ResourceHttpContentFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Files below one path. Jetty's ResourceServlet does the HTTP (validators, ranges, precompressed files); what it is asked
 * for, what it may not see, and what it says about caching is decided here.
 */
final class StaticFiles extends ResourceServlet {
    private static final long serialVersionUID = 1L;
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final List<CompressedContentFormat> PRECOMPRESSED =
            List.of(CompressedContentFormat.BR, CompressedContentFormat.GZIP);

    private final transient FileRoot root;
    private final transient CachePolicy caching;

    StaticFiles(FileRoot root, CachePolicy caching) {
        this.root = root;
        this.caching = caching;
    }

    /** The routes' view of it: registered with the container for its life cycle, mapped by the route table. */
    static HttpHandler in(ServletHolder holder) {
        return (request, response) -> holder.getServlet().service(request, response);
    }

    @Override
    public void init() throws ServletException {
        ServletContextHandler context = initContextHandler(getServletContext());
        super.init();
        Resource resource = root.resource(ResourceFactory.of(context));
        ByteBufferPool.Sized buffers =
                new ByteBufferPool.Sized(context.getServer().getByteBufferPool(), true, BUFFER_BYTES);
        HttpContent.Factory files = new ResourceHttpContentFactory(resource, new MediaTypes(), buffers);
        getResourceService().setHttpContentFactory(new PreCompressedHttpContentFactory(files, PRECOMPRESSED));
        getResourceService().setPrecompressedFormats(PRECOMPRESSED);
        getResourceService().setDirAllowed(false);
        getResourceService().setEtags(true);
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(new FileConfig(config));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String file = PathParameters.of(request).rest();
        if (isHidden(file)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", caching.cacheControl(file));
        super.doGet(new FileRequest(request, rangesHold(request, file)), new FileResponse(response));
    }

    /** Names that begin with a dot, but for .well-known (RFC 8615), and what a file system may read as something else. */
    private static boolean isHidden(String file) {
        if (file.chars().anyMatch(next -> next == '\\' || next == ':' || next < ' ' || next == 127)) {
            return true;
        }
        String shown = file.startsWith(".well-known/") ? file.substring(1) : file;
        return List.of(shown.split("/", -1)).stream().anyMatch(name -> name.startsWith("."));
    }

    /**
     * Whether a Range is to be obeyed: RFC 9110, section 13.1.5, which Jetty leaves out. Its entity tags are weak ones, and
     * those never match here.
     */
    private boolean rangesHold(HttpServletRequest request, String file) throws IOException {
        String condition = request.getHeader("If-Range");
        if (condition == null || request.getHeader("Range") == null) {
            return true;
        }
        HttpContent content =
                getResourceService().getContent(encoded(file), ServletContextRequest.getServletContextRequest(request));
        return content != null
                && Optional.ofNullable(content.getLastModified())
                        .map(HttpField::getValue)
                        .filter(condition::equals)
                        .isPresent();
    }

    @Override
    protected String getEncodedPathInContext(HttpServletRequest request, boolean included) {
        return encoded(PathParameters.of(request).rest());
    }

    private static String encoded(String file) {
        return URIUtil.encodePath("/" + file);
    }
}
