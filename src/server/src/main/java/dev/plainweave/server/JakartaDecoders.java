package dev.plainweave.server;

import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.EndpointConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketFrameHandlerMetadata;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketMessageMetadata;
import org.eclipse.jetty.ee11.websocket.jakarta.common.decoders.RegisteredDecoder;
import org.eclipse.jetty.ee11.websocket.jakarta.common.messages.DecodedBinaryMessageSink;
import org.eclipse.jetty.ee11.websocket.jakarta.common.messages.DecodedTextMessageSink;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.jspecify.annotations.Nullable;

/**
 * Behind the decoders of each annotated message method one more, which takes what none of them takes, to refuse it: the
 * error method gets a {@link DecodeException} and the session ends with 1003, as for a message that a decoder fails to
 * decode. Jetty would drop the message, log a WARN, and tell neither side.
 */
final class JakartaDecoders {
    static final String REFUSAL = "none of the endpoint's decoders takes this message";

    private JakartaDecoders() {}

    static void complete(
            JakartaWebSocketFrameHandlerMetadata endpoint, EndpointConfig config, WebSocketComponents components) {
        complete(endpoint.getTextMetadata(), DecodedTextMessageSink.class, new NoText(), config, components);
        complete(endpoint.getBinaryMetadata(), DecodedBinaryMessageSink.class, new NoBinary(), config, components);
    }

    private static void complete(
            @Nullable JakartaWebSocketMessageMetadata method,
            Class<?> decoding,
            Decoder last,
            EndpointConfig config,
            WebSocketComponents components) {
        if (method != null && method.getSinkClass() == decoding) {
            List<RegisteredDecoder> decoders = new ArrayList<>(method.getRegisteredDecoders());
            decoders.add(new Last(last, decoders.getFirst(), config, components));
            method.setRegisteredDecoders(decoders);
        }
    }

    /** Whether it is the one that this class has put behind the endpoint's own. */
    static boolean takesAll(RegisteredDecoder decoder) {
        return decoder instanceof Last;
    }

    private static final class Last extends RegisteredDecoder {
        private final Decoder refusing;

        Last(Decoder refusing, RegisteredDecoder first, EndpointConfig config, WebSocketComponents components) {
            super(refusing.getClass(), first.interfaceType, first.objectType, config, components);
            this.refusing = refusing;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T extends Decoder> T getInstance() {
            return (T) refusing;
        }

        @Override
        public void destroyInstance() {}
    }

    private static final class NoText implements Decoder.Text<Object> {
        @Override
        public boolean willDecode(String text) {
            return true;
        }

        @Override
        public Object decode(String text) throws DecodeException {
            throw new DecodeException(text, REFUSAL);
        }
    }

    private static final class NoBinary implements Decoder.Binary<Object> {
        @Override
        public boolean willDecode(ByteBuffer bytes) {
            return true;
        }

        @Override
        public Object decode(ByteBuffer bytes) throws DecodeException {
            throw new DecodeException(bytes, REFUSAL);
        }
    }
}
