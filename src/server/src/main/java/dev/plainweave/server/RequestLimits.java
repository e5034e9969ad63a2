package dev.plainweave.server;

import java.net.InetAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests whose address, body or number of handshakes is beyond the limits, before anybody else sees them. */
final class RequestLimits extends Handler.Wrapper {
    private final Limits limits;
    private final Clients clients;
    private final Refusals refusals;
    private final AddressRate handshakes;

    RequestLimits(Limits limits, Clients clients, Refusals refusals, Handler guarded) {
        super(guarded);
        this.limits = limits;
        this.clients = clients;
        this.refusals = refusals;
        handshakes = new AddressRate(limits.handshakeRate(), System::nanoTime);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String address = request.getHttpURI().getPathQuery();
        if (address != null && address.length() > limits.uriBytes()) {
            // Counted where the parser's own refusals are, see RequestCounts.
            return answer(request, response, callback, HttpStatus.URI_TOO_LONG_414, Limit.URI_BYTES);
        }
        if (request.getHeaders().contains(HttpHeader.UPGRADE, "websocket") && !allowed(request)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            return refuse(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429, Limit.HANDSHAKE_RATE);
        }
        Limit limit = isUpload(request) ? Limit.UPLOAD_BYTES : Limit.BODY_BYTES;
        long most = limits.value(limit);
        long length = request.getLength();
        if (length > most) {
            return refuse(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, limit);
        }
        return super.handle(length < 0 ? new Bounded(request, limit, most) : request, response, callback);
    }

    private boolean allowed(Request request) {
        Optional<InetAddress> from =
                clients.counted(request.getConnectionMetaData().getRemoteSocketAddress());
        return from.isEmpty() || handshakes.allows(from.get());
    }

    private static boolean isUpload(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null
                && MimeTypes.Type.MULTIPART_FORM_DATA.is(MimeTypes.getContentTypeWithoutCharset(type)
                        .split(";", 2)[0]
                        .strip());
    }

    private boolean refuse(Request request, Response response, Callback callback, int status, Limit limit) {
        refusals.count(limit);
        return answer(request, response, callback, status, limit);
    }

    private boolean answer(Request request, Response response, Callback callback, int status, Limit limit) {
        Response.writeError(request, response, callback, status, limit.key() + " is " + limits.text(limit));
        return true;
    }

    /** A request whose body's length is not known before. */
    private final class Bounded extends Request.Wrapper {
        private final Limit limit;
        private final long most;
        private long read;

        Bounded(Request request, Limit limit, long most) {
            super(request);
            this.limit = limit;
            this.most = most;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk == null || Content.Chunk.isFailure(chunk)) {
                return chunk;
            }
            read += chunk.remaining();
            if (read <= most) {
                return chunk;
            }
            chunk.release();
            refusals.count(limit);
            HttpException.RuntimeException tooLarge = new HttpException.RuntimeException(
                    HttpStatus.PAYLOAD_TOO_LARGE_413, limit.key() + " is " + limits.text(limit));
            getWrapped().fail(tooLarge);
            return Content.Chunk.from(tooLarge, true);
        }
    }
}
