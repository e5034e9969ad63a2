package dev.plainweave.jakarta;

import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.ContainerDefaultConfigurator;

/**
 * Jetty's default configurator, which every configurator's {@code super} methods end in, without its WARN for a client that
 * offers none of the endpoint's subprotocols: such a client gets a session without one.
 */
public final class QuietConfigurator extends ServerEndpointConfig.Configurator {
    private static final String NONE = "";

    private final ServerEndpointConfig.Configurator jetty = new ContainerDefaultConfigurator();

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream().filter(supported::contains).findFirst().orElse(NONE);
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return jetty.getNegotiatedExtensions(installed, requested);
    }

    @Override
    public boolean checkOrigin(String origin) {
        return jetty.checkOrigin(origin);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpoint) throws InstantiationException {
        return jetty.getEndpointInstance(endpoint);
    }
}
