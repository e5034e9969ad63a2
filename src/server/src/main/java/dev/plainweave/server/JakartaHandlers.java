package dev.plainweave.server;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import org.eclipse.jetty.ee11.websocket.jakarta.common.ConfiguredEndpoint;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketFrameHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketFrameHandlerMetadata;
import org.eclipse.jetty.ee11.websocket.jakarta.server.JakartaWebSocketServerContainer;
import org.eclipse.jetty.ee11.websocket.jakarta.server.JakartaWebSocketServerFrameHandlerFactory;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.exception.InvalidWebSocketException;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes the frame handler of a Jakarta session: Jetty's, inside {@link JakartaFrames}, and with an error method in any
 * case. An endpoint that has none gets {@link JakartaErrors#unhandled}; Jetty would log a WARN for every disconnect of
 * an annotated endpoint, and swallow whatever a programmatic one throws.
 */
final class JakartaHandlers extends JakartaWebSocketServerFrameHandlerFactory {
    private static final MethodHandle UNHANDLED = unhandled();

    JakartaHandlers(JakartaWebSocketServerContainer container) {
        super(container);
    }

    private static MethodHandle unhandled() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            JakartaErrors.class,
                            "unhandled",
                            MethodType.methodType(void.class, Object.class, Session.class, Throwable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public @Nullable JakartaWebSocketFrameHandlerMetadata getMetadata(Class<?> endpoint, EndpointConfig config)
            throws DeploymentException {
        JakartaWebSocketFrameHandlerMetadata found = super.getMetadata(endpoint, config);
        if (found == null) {
            return null;
        }
        JakartaDecoders.complete(found, config, components);
        if (found.getErrorHandle() == null) {
            // Jetty binds the endpoint, then the path's variables, then the session.
            int variables = found.getNamedTemplateVariables().length;
            found.setErrorHandler(
                    MethodHandles.dropArguments(UNHANDLED, 1, Collections.nCopies(variables, String.class)), endpoint);
        } else if (Endpoint.class.isAssignableFrom(endpoint) && !overridesOnError(endpoint)) {
            return withErrorHandler(found, endpoint, config);
        }
        return found;
    }

    private JakartaWebSocketFrameHandlerMetadata withErrorHandler(
            JakartaWebSocketFrameHandlerMetadata found, Class<?> endpoint, EndpointConfig config) {
        var completed = new JakartaWebSocketFrameHandlerMetadata(config, components);
        completed.setOpenHandler(found.getOpenHandle(), endpoint);
        completed.setCloseHandler(found.getCloseHandle(), endpoint);
        completed.setErrorHandler(UNHANDLED, endpoint);
        return completed;
    }

    private static boolean overridesOnError(Class<?> endpoint) {
        try {
            return endpoint.getMethod("onError", Session.class, Throwable.class).getDeclaringClass() != Endpoint.class;
        } catch (NoSuchMethodException e) {
            throw new LinkageError("Endpoint.onError", e);
        }
    }

    @Override
    public @Nullable FrameHandler newFrameHandler(
            Object endpoint, ServerUpgradeRequest request, ServerUpgradeResponse response) {
        FrameHandler handler = super.newFrameHandler(endpoint, request, response);
        return handler == null ? null : new JakartaFrames((JakartaWebSocketFrameHandler) handler);
    }

    /** For an upgrade that went past the registry: the same endpoint instance in a frame handler of this factory. */
    FrameHandler replace(FrameHandler handler) {
        if (!(handler instanceof JakartaWebSocketFrameHandler jakarta)) {
            return handler;
        }
        try {
            var endpoint = new ConfiguredEndpoint(jakarta.getEndpoint(), jakarta.getEndpointConfig());
            return new JakartaFrames(newJakartaWebSocketFrameHandler(endpoint, jakarta.getUpgradeRequest()));
        } catch (DeploymentException e) {
            throw new InvalidWebSocketException("The endpoint " + jakarta.getEndpoint() + " cannot be used", e);
        }
    }
}
