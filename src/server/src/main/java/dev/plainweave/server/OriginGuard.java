package dev.plainweave.server;

import dev.plainweave.http.HttpError;
import dev.plainweave.websocket.Origins;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Holds the handshakes of Jakarta endpoints, whose own default lets every web page in, to the server's origins. */
final class OriginGuard extends Handler.Wrapper {
    private final Origins origins;

    OriginGuard(Origins origins, Handler guarded) {
        super(guarded);
        this.origins = origins;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().contains(HttpHeader.UPGRADE, "websocket") && !origins.allows(request)) {
            HttpError refusal = new HttpError(HttpStatus.FORBIDDEN_403, "this origin may not connect");
            Response.writeError(request, response, callback, refusal.status(), refusal.title(), refusal);
            return true;
        }
        return super.handle(request, response, callback);
    }
}
