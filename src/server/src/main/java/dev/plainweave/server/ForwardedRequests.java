package dev.plainweave.server;

import dev.plainweave.http.HttpRoutes;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * Shows a request from a trusted proxy as the client made it: address, scheme, host. Jetty's ForwardedRequestCustomizer
 * believes whoever connects, and the left-most address, which the client itself may have written.
 */
final class ForwardedRequests implements HttpConfiguration.Customizer {
    private final TrustedProxies trusted;

    ForwardedRequests(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (!trusted.trusts(request.getConnectionMetaData().getRemoteSocketAddress())) {
            return request;
        }
        Forwarded forwarded = Forwarded.read(request.getHeaders(), trusted);
        forwarded.prefix().ifPresent(prefix -> request.setAttribute(HttpRoutes.PREFIX_ATTRIBUTE, prefix));
        return new AsTheClientMadeIt(request, forwarded);
    }

    private static final class AsTheClientMadeIt extends Request.Wrapper {
        private final HttpURI uri;
        private final HttpFields headers;
        private final ConnectionMetaData connection;

        AsTheClientMadeIt(Request request, Forwarded forwarded) {
            super(request);
            HttpURI received = request.getHttpURI();
            String scheme = forwarded.scheme().orElse(received.getScheme());
            HostPort authority = authority(received, forwarded, scheme);
            uri = HttpURI.build(received)
                    .scheme(scheme)
                    .authority(authority.getHost(), authority.getPort())
                    .asImmutable();
            headers = HttpFields.build(request.getHeaders(), new HostPortHttpField(authority));
            SocketAddress remote = forwarded
                    .client()
                    .<SocketAddress>map(client -> client)
                    .orElse(request.getConnectionMetaData().getRemoteSocketAddress());
            connection = new Connection(request.getConnectionMetaData(), remote, authority, isSecure());
        }

        /** A port that the scheme implies is left out, as browsers do. */
        private static HostPort authority(HttpURI received, Forwarded forwarded, String scheme) {
            int told = forwarded.port().orElse(forwarded.host().isPresent() ? -1 : received.getPort());
            boolean implied = told == (HttpScheme.HTTPS.is(scheme) ? 443 : 80);
            return new HostPort(forwarded.host().orElse(received.getHost()), implied ? -1 : told);
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public boolean isSecure() {
            return HttpScheme.HTTPS.is(uri.getScheme());
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }

    private static final class Connection extends ConnectionMetaData.Wrapper {
        private final SocketAddress remote;
        private final HostPort authority;
        private final boolean secure;

        Connection(ConnectionMetaData received, SocketAddress remote, HostPort authority, boolean secure) {
            super(received);
            this.remote = remote;
            this.authority = authority;
            this.secure = secure;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return remote;
        }

        @Override
        public HostPort getServerAuthority() {
            return authority;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }
    }
}
