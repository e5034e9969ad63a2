package dev.plainweave.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate (RFC 7692), only without context takeover in both directions: no session keeps a compressor between
 * messages. All methods may be called from any thread.
 */
final class Compression {
    /** Messages of fewer bytes are better sent as they are: header and sync bytes eat the gain. */
    static final int THRESHOLD = 128;

    private static final String EXTENSION = "permessage-deflate";
    private static final String AGREED = EXTENSION + ";server_no_context_takeover;client_no_context_takeover";
    private static final String LARGEST_WINDOW = "15";

    /** The end of a flushed stream, which does not travel (RFC 7692, section 7.2.1). */
    private static final int TAIL_LENGTH = 4;

    // Deflating does not wait, so hardly more messages are ever in compression than there are processors.
    private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();

    private static final CompressorPool<Deflater> DEFLATERS = new CompressorPool<>(
            KEPT, () -> new Deflater(Deflater.DEFAULT_COMPRESSION, true), Deflater::reset, Deflater::end);

    private static final CompressorPool<Inflater> INFLATERS =
            new CompressorPool<>(KEPT, () -> new Inflater(true), Inflater::reset, Inflater::end);

    private Compression() {}

    /**
     * Answers the client's offers (RFC 7692, sections 5 and 7.1): the first acceptable one is taken. An offer is declined
     * when it has an unknown, repeated or invalid parameter, or asks for a server window smaller than 32 KiB, which
     * {@link Deflater} cannot give.
     *
     * @param offers the values of the request's {@code Sec-WebSocket-Extensions}
     * @return the value of the response's {@code Sec-WebSocket-Extensions}, or empty when no offer is taken
     */
    static Optional<String> negotiate(List<String> offers) {
        for (ExtensionOffer offer : ExtensionOffer.parse(offers)) {
            if (offer.name().equals(EXTENSION) && acceptable(offer.parameters())) {
                // Section 7.1.2.1: this parameter is accepted by repeating it.
                boolean window = offer.parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals("server_max_window_bits"));
                return Optional.of(window ? AGREED + ";server_max_window_bits=" + LARGEST_WINDOW : AGREED);
            }
        }
        return Optional.empty();
    }

    private static boolean acceptable(List<ExtensionOffer.Parameter> parameters) {
        Set<String> seen = new HashSet<>();
        for (ExtensionOffer.Parameter parameter : parameters) {
            Optional<String> value = parameter.value();
            boolean valid = switch (parameter.name()) {
                case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
                case "server_max_window_bits" -> value.equals(Optional.of(LARGEST_WINDOW));
                case "client_max_window_bits" -> value.isEmpty() || isWindow(value.get());
                default -> false;
            };
            if (!valid || !seen.add(parameter.name())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWindow(String value) {
        return switch (value) {
            case "8", "9", "10", "11", "12", "13", "14", LARGEST_WINDOW -> true;
            default -> false;
        };
    }

    /** As {@link #deflate(ByteBuffer)}, for the whole array. */
    static byte[] deflate(byte[] payload) {
        return deflate(ByteBuffer.wrap(payload));
    }

    /**
     * Compresses one message (RFC 7692, section 7.2.1).
     *
     * @param payload the message between position and limit, which stay as they are
     * @return the payload of a frame with RSV1
     */
    static byte[] deflate(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return new byte[1]; // section 7.2.3.6: an empty stored block without its tail
        }
        Deflater deflater = DEFLATERS.borrow();
        try {
            deflater.setInput(payload.duplicate());
            byte[] out = new byte[payload.remaining() / 2 + 64];
            int size = 0;
            while (true) {
                size += deflater.deflate(out, size, out.length - size, Deflater.SYNC_FLUSH);
                if (size < out.length) {
                    // A full buffer may make zlib repeat the flush marker; whatever came before, the last one is cut
                    // off.
                    return Arrays.copyOf(out, size - TAIL_LENGTH);
                }
                out = Arrays.copyOf(out, out.length + (out.length >> 1));
            }
        } finally {
            DEFLATERS.giveBack(deflater);
        }
    }

    /** An inflater for one message, to be {@linkplain #giveBack given back}. */
    static Inflater borrowInflater() {
        return INFLATERS.borrow();
    }

    /** Takes an inflater back, once. */
    static void giveBack(Inflater inflater) {
        INFLATERS.giveBack(inflater);
    }
}
