package dev.plainweave.server;

import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketMessageMetadata;
import org.eclipse.jetty.ee11.websocket.jakarta.common.decoders.ByteArrayDecoder;
import org.eclipse.jetty.ee11.websocket.jakarta.common.decoders.ByteBufferDecoder;
import org.eclipse.jetty.ee11.websocket.jakarta.common.decoders.RegisteredDecoder;
import org.eclipse.jetty.ee11.websocket.jakarta.common.decoders.StringDecoder;
import org.eclipse.jetty.ee11.websocket.jakarta.common.messages.DecodedBinaryMessageSink;
import org.eclipse.jetty.ee11.websocket.jakarta.common.messages.DecodedTextMessageSink;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.core.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages to a handler that the application added to its session, by {@code addMessageHandler}, which none of its
 * decoders takes. (Jetty chooses that handler's decoders where {@link JakartaDecoders} cannot add one.) For one session,
 * whose frames come one at a time. Handlers of plain strings and bytes, whose decoders take everything, cost nothing.
 */
final class JakartaUndecoded {
    /** The message under way, as long as the endpoint's own limit lets it grow. */
    private @Nullable ByteArrayOutputStream message;

    private List<RegisteredDecoder> decoders = List.of();
    private boolean text;

    /** To be asked about each data frame; answers when the frame completes a message that no decoder takes. */
    Optional<DecodeException> refusal(Frame frame, @Nullable JakartaWebSocketMessageMetadata beginning) {
        if (beginning != null) {
            begin(beginning);
        }
        ByteArrayOutputStream soFar = message;
        if (soFar == null) {
            return Optional.empty();
        }
        soFar.writeBytes(BufferUtil.toArray(frame.getPayload()));
        if (!frame.isFin()) {
            return Optional.empty();
        }
        message = null;
        return text ? refusal(soFar.toString(StandardCharsets.UTF_8)) : refusal(ByteBuffer.wrap(soFar.toByteArray()));
    }

    private void begin(JakartaWebSocketMessageMetadata beginning) {
        text = beginning.getSinkClass() == DecodedTextMessageSink.class;
        boolean decoded = text || beginning.getSinkClass() == DecodedBinaryMessageSink.class;
        decoders = decoded ? beginning.getRegisteredDecoders() : List.of();
        message =
                decoders.stream().allMatch(JakartaUndecoded::isChoosy) && decoded ? new ByteArrayOutputStream() : null;
    }

    private static boolean isChoosy(RegisteredDecoder registered) {
        Decoder decoder = registered.getInstance();
        return !(JakartaDecoders.takesAll(registered)
                || decoder instanceof StringDecoder
                || decoder instanceof ByteBufferDecoder
                || decoder instanceof ByteArrayDecoder);
    }

    private Optional<DecodeException> refusal(String whole) {
        for (RegisteredDecoder registered : decoders) {
            Decoder.Text<?> decoder = registered.getInstance();
            if (decoder.willDecode(whole)) {
                return Optional.empty();
            }
        }
        return Optional.of(new DecodeException(whole, JakartaDecoders.REFUSAL));
    }

    private Optional<DecodeException> refusal(ByteBuffer whole) {
        for (RegisteredDecoder registered : decoders) {
            Decoder.Binary<?> decoder = registered.getInstance();
            if (decoder.willDecode(whole.slice())) {
                return Optional.empty();
            }
        }
        return Optional.of(new DecodeException(whole, JakartaDecoders.REFUSAL));
    }
}
