package dev.plainweave.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.JakartaWebSocketServerFrameHandlerFactory;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.FrameHandlerFactory;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketCreator;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/**
 * A context's registry of WebSocket endpoints, which Jetty's container fills: every Jakarta endpoint that is added, at
 * whatever time, gets its frame handlers from {@link JakartaHandlers}.
 */
final class JakartaMappings extends WebSocketMappings {
    private final int maxPendingFrames;
    private final Handshaker handshaker = new DirectUpgrade();
    private final Map<PathSpec, JakartaSubprotocols> subprotocols = new HashMap<>();
    private @Nullable JakartaHandlers handlers;

    private JakartaMappings(WebSocketComponents components, int maxPendingFrames) {
        super(components);
        this.maxPendingFrames = maxPendingFrames;
    }

    /**
     * Puts a registry where Jetty looks for it, until the context stops. To be called at each start of the context,
     * before its Jakarta container is made.
     */
    static JakartaMappings install(ServletContextHandler context, int maxPendingFrames) {
        if (getMappings(context) != null) {
            throw new IllegalStateException("Jakarta WebSocket is already initialised in the context "
                    + context.getContextPath() + ": add these endpoints before any other initializer");
        }
        WebSocketComponents components =
                WebSocketServerComponents.ensureWebSocketComponents(context.getServer(), context);
        JakartaMappings mappings = new JakartaMappings(components, maxPendingFrames);
        context.setAttribute(WEBSOCKET_MAPPING_ATTRIBUTE, mappings);
        context.addBean(mappings);
        context.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopping(LifeCycle stopping) {
                mappings.clear();
                context.removeAttribute(WEBSOCKET_MAPPING_ATTRIBUTE);
                context.removeBean(mappings);
                context.removeEventListener(this);
            }
        });
        return mappings;
    }

    /** To be called once, before the first endpoint is added. */
    void use(JakartaHandlers handlers) {
        this.handlers = handlers;
    }

    /** What the endpoint speaks that is about to be added. */
    void expect(String path, JakartaSubprotocols spoken) {
        subprotocols.put(new UriTemplatePathSpec(path), spoken);
    }

    private JakartaHandlers handlers() {
        return Objects.requireNonNull(handlers, "no container yet");
    }

    @Override
    public void addMapping(
            PathSpec path,
            WebSocketCreator creator,
            FrameHandlerFactory factory,
            Configuration.@Nullable Customizer customizer) {
        if (!(factory instanceof JakartaWebSocketServerFrameHandlerFactory)) {
            super.addMapping(path, creator, factory, customizer);
            return;
        }
        JakartaSubprotocols spoken = subprotocols.get(path);
        WebSocketCreator negotiating = spoken == null
                ? creator
                : (request, response, callback) -> creator.createWebSocket(spoken.show(request), response, callback);
        super.addMapping(path, negotiating, handlers(), configuration -> {
            configuration.setMaxOutgoingFrames(maxPendingFrames);
            if (customizer != null) {
                customizer.customize(configuration);
            }
        });
    }

    /** What {@link jakarta.websocket.server.ServerContainer#upgradeHttpToWebSocket} uses, which maps nothing. */
    @Override
    public Handshaker getHandshaker() {
        return handshaker;
    }

    private Handshaker standardHandshaker() {
        return super.getHandshaker();
    }

    private final class DirectUpgrade implements Handshaker {
        @Override
        public boolean isWebSocketUpgradeRequest(Request request) {
            return standardHandshaker().isWebSocketUpgradeRequest(request);
        }

        @Override
        public boolean upgradeRequest(
                WebSocketNegotiator negotiator,
                Request request,
                Response response,
                Callback callback,
                WebSocketComponents components,
                Configuration.Customizer customizer) {
            return standardHandshaker()
                    .upgradeRequest(
                            new DirectNegotiator(negotiator), request, response, callback, components, customizer);
        }
    }

    private final class DirectNegotiator implements WebSocketNegotiator {
        private final WebSocketNegotiator negotiator;

        DirectNegotiator(WebSocketNegotiator negotiator) {
            this.negotiator = negotiator;
        }

        @Override
        public @Nullable FrameHandler negotiate(
                ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            FrameHandler handler = negotiator.negotiate(request, response, callback);
            return handler == null ? null : handlers().replace(handler);
        }

        @Override
        public void customize(Configuration configuration) {
            configuration.setMaxOutgoingFrames(maxPendingFrames);
            negotiator.customize(configuration);
        }
    }
}
