package dev.plainweave.server;

import dev.plainweave.jakarta.QuietConfigurator;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import jakarta.websocket.server.ServerEndpointConfig.Configurator;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.ContainerDefaultConfigurator;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;

/**
 * The subprotocols of one Jakarta endpoint. A client that offers none of them gets a session without one, and Jetty's
 * choice, which would log a WARN about it, is not shown its offer. An endpoint whose configurator chooses for itself is
 * shown every offer.
 */
final class JakartaSubprotocols {
    private final Set<String> supported = new HashSet<>();
    private final boolean chosenByJetty;

    private JakartaSubprotocols(
            Class<?> endpoint, Class<? extends Configurator> configurator, List<String> configured) {
        supported.addAll(configured);
        ServerEndpoint annotation = endpoint.getAnnotation(ServerEndpoint.class);
        if (annotation != null) {
            Collections.addAll(supported, annotation.subprotocols());
        }
        chosenByJetty = choosesLikeJetty(configurator);
    }

    static JakartaSubprotocols of(Class<?> endpoint, ServerEndpoint annotation) {
        return new JakartaSubprotocols(endpoint, annotation.configurator(), List.of());
    }

    static JakartaSubprotocols of(ServerEndpointConfig config) {
        return new JakartaSubprotocols(
                config.getEndpointClass(), config.getConfigurator().getClass(), config.getSubprotocols());
    }

    private static boolean choosesLikeJetty(Class<? extends Configurator> configurator) {
        try {
            Class<?> chooser = configurator
                    .getMethod("getNegotiatedSubprotocol", List.class, List.class)
                    .getDeclaringClass();
            return chooser == Configurator.class
                    || chooser == ContainerDefaultConfigurator.class
                    || chooser == QuietConfigurator.class;
        } catch (NoSuchMethodException impossible) {
            throw new LinkageError("Configurator.getNegotiatedSubprotocol", impossible);
        }
    }

    /** The request as the endpoint's configurator shall see it. */
    ServerUpgradeRequest show(ServerUpgradeRequest request) {
        return chosenByJetty && Collections.disjoint(request.getSubProtocols(), supported)
                ? new WithoutSubprotocols(request)
                : request;
    }

    private static final class WithoutSubprotocols extends Request.Wrapper implements ServerUpgradeRequest {
        private final ServerUpgradeRequest request;

        WithoutSubprotocols(ServerUpgradeRequest request) {
            super(request);
            this.request = request;
        }

        @Override
        public List<String> getSubProtocols() {
            return List.of();
        }

        @Override
        public boolean hasSubProtocol(String subprotocol) {
            return false;
        }

        @Override
        public WebSocketComponents getWebSocketComponents() {
            return request.getWebSocketComponents();
        }

        @Override
        public List<ExtensionConfig> getExtensions() {
            return request.getExtensions();
        }

        @Override
        public String getProtocolVersion() {
            return request.getProtocolVersion();
        }
    }
}
