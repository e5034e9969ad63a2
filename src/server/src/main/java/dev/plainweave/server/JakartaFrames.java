package dev.plainweave.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketFrameHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketMessageMetadata;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession;
import org.eclipse.jetty.ee11.websocket.jakarta.common.messages.AbstractDecodedMessageSink;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Utf8StringBuilder;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The frame handler of one Jakarta session around Jetty's. It adds what that lacks about bad input and the end of a session:
 *
 * <ul>
 *   <li>An exception of the application that Jetty would drop, because the session has ended, is told.
 *   <li>An exception that Jetty tells twice is told once.
 *   <li>A message that no decoder of a message handler takes ends the session with 1003; Jetty drops it, with a WARN.
 *   <li>Text that is not UTF-8 ends the session with 1007 as soon as the bad byte arrives, also where a method reads it
 *       as a stream.
 *   <li>A method that reads a message as a stream is woken when the rest of it will never come; Jetty leaves its thread
 *       waiting for good.
 *   <li>A session that ends while it opens does not stay among the open ones, and one that ends before it opens is
 *       told nothing.
 * </ul>
 *
 * <p>Frames come one at a time; the end may come from any thread, once.
 */
final class JakartaFrames implements FrameHandler {
    private final JakartaWebSocketFrameHandler endpoint;
    private final JakartaUndecoded undecoded = new JakartaUndecoded();
    /** A streamed message has begun and not ended, and no frame of it is being handled right now. */
    private final AtomicBoolean inStream = new AtomicBoolean();

    /** What has come of a streamed text message; kept no longer than it takes to look at it. */
    private @Nullable Utf8StringBuilder text;

    private volatile boolean ended;
    private volatile @Nullable Throwable cause;

    JakartaFrames(JakartaWebSocketFrameHandler endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void onOpen(CoreSession core, Callback callback) {
        endpoint.onOpen(core, watched(callback));
        JakartaWebSocketSession session = endpoint.getSession();
        if (ended && session != null) {
            // The end may have been told between Jetty's check and its adding the session.
            session.getContainerImpl()
                    .notifySessionListeners(listener -> listener.onJakartaWebSocketSessionClosed(session));
        }
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        if (frame.isControlFrame()) {
            endpoint.onFrame(frame, callback);
        } else if (isStreamed(frame)) {
            onStreamed(frame, callback);
        } else {
            Optional<DecodeException> refusal = undecoded.refusal(frame, metadata(frame));
            if (refusal.isPresent()) {
                int code = CloseReason.CloseCodes.CANNOT_ACCEPT.getCode();
                endpoint.handleError(new CloseException(code, "Unable to decode", refusal.get()), watched(callback));
            } else {
                endpoint.onFrame(frame, watched(callback));
            }
        }
    }

    /** What the endpoint does with the message that begins with this frame. */
    private @Nullable JakartaWebSocketMessageMetadata metadata(Frame frame) {
        return switch (frame.getOpCode()) {
            case OpCode.TEXT -> endpoint.getTextMetadata();
            case OpCode.BINARY -> endpoint.getBinaryMetadata();
            default -> null;
        };
    }

    private boolean isStreamed(Frame frame) {
        if (frame.getOpCode() == OpCode.CONTINUATION) {
            return inStream.get() || ended;
        }
        JakartaWebSocketMessageMetadata metadata = metadata(frame);
        return metadata != null && AbstractDecodedMessageSink.Stream.class.isAssignableFrom(metadata.getSinkClass());
    }

    private void onStreamed(Frame frame, Callback callback) {
        try {
            checkText(frame);
        } catch (BadPayloadException bad) {
            callback.failed(bad);
            return;
        }
        if (frame.getOpCode() == OpCode.CONTINUATION && !inStream.getAndSet(false)) {
            callback.succeeded(); // the session has ended, and the stream with it
            return;
        }
        endpoint.onFrame(frame, watched(callback));
        if (!frame.isFin()) {
            inStream.set(true);
            if (ended) {
                breakStream();
            }
        }
    }

    /** The reader of a streamed message would meet bad UTF-8 as an exception of its own, and close with 1003. */
    private void checkText(Frame frame) {
        if (frame.getOpCode() != OpCode.CONTINUATION) {
            text = frame.getOpCode() == OpCode.TEXT ? new Utf8StringBuilder() : null;
        }
        Utf8StringBuilder checked = text;
        if (checked != null) {
            checked.append(frame.getPayload().slice());
            if (frame.isFin()) {
                checked.takeCompleteString(BadPayloadException.InvalidUtf8::new);
                text = null;
            } else {
                checked.takePartialString(BadPayloadException.InvalidUtf8::new);
            }
        }
    }

    @Override
    public void onError(Throwable failure, Callback callback) {
        cause = failure;
        ended = true;
        breakStream();
        if (endpoint.getSession() == null || JakartaErrors.isToldBefore(failure)) {
            callback.succeeded();
        } else {
            tell(failure, callback);
        }
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        ended = true;
        breakStream();
        if (endpoint.getSession() == null) {
            callback.succeeded();
        } else {
            endpoint.onClosed(status, Callback.from(callback::succeeded, thrown -> {
                tell(thrown, Callback.NOOP);
                callback.failed(thrown);
            }));
        }
    }

    /** Calls the error method. What that throws in turn has no one else to go to. */
    private void tell(Throwable failure, Callback callback) {
        endpoint.onError(failure, Callback.from(callback::succeeded, thrown -> {
            warn(thrown);
            callback.failed(thrown);
        }));
    }

    private Callback watched(Callback callback) {
        return new Callback.Nested(callback) {
            @Override
            public void failed(Throwable thrown) {
                if (ended && !JakartaErrors.followsFrom(cause, thrown)) {
                    warn(thrown);
                }
                super.failed(thrown);
            }
        };
    }

    private void warn(Throwable thrown) {
        LoggerFactory.getLogger(endpoint.getEndpoint().getClass())
                .warn("Exception in an endpoint whose session has ended", thrown);
    }

    private void breakStream() {
        if (inStream.getAndSet(false)) {
            endpoint.onFrame(new BrokenFrame(cause), watched(Callback.NOOP));
        }
    }

    /** A last frame whose payload cannot be had: the reading thread gets the exception where it asks for more. */
    private static final class BrokenFrame extends Frame {
        private final @Nullable Throwable cause;

        BrokenFrame(@Nullable Throwable cause) {
            super(OpCode.CONTINUATION);
            this.cause = cause;
        }

        @Override
        public ByteBuffer getPayload() {
            throw BrokenFrame.<RuntimeException>unchecked(
                    cause == null ? new ClosedChannelException() : new IOException("The message was cut off", cause));
        }

        /** The reader declares IOException, {@link Frame#getPayload} on the way to it does not. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> T unchecked(Throwable failure) throws T {
            throw (T) failure;
        }
    }
}
