package dev.plainweave.server;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty could not read as a request; every other error is for the handler of error pages. */
final class BadRequests implements Request.Handler {
    private final Request.Handler others;

    BadRequests(Request.Handler others) {
        this.others = others;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException bad) {
            int status = bad.getCode();
            // 426 has to say what to upgrade to, and there is nothing: this port speaks HTTP/1.1 alone (RFC 9110,
            // 15.5.22).
            StrictHttp.refuse(
                    response,
                    callback,
                    status == HttpStatus.UPGRADE_REQUIRED_426 ? HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 : status);
            return true;
        }
        return others.handle(request, response, callback);
    }
}
