package dev.plainweave.server;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The values of all limits of a server; see {@link Limit} for what each means. Immutable. */
public final class Limits {
    private final Map<Limit, Long> values;

    private Limits(Map<Limit, Long> values) {
        this.values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** A builder with every default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value in the limit's unit: a number, bytes, or nanoseconds. */
    public long value(Limit limit) {
        Long set = values.get(limit);
        return set != null ? set : limit.standard();
    }

    /** The value with its unit, as configuration takes it: {@code 64KiB}. */
    public String text(Limit limit) {
        return Quantity.text(limit.unit(), value(limit));
    }

    /** See {@link Limit#CONNECTIONS}. */
    public int connections() {
        return count(Limit.CONNECTIONS);
    }

    /** See {@link Limit#CONNECTIONS_PER_ADDRESS}; zero for no limit. */
    public int connectionsPerAddress() {
        return count(Limit.CONNECTIONS_PER_ADDRESS);
    }

    /** See {@link Limit#HANDSHAKE_RATE}; zero for no limit. */
    public int handshakeRate() {
        return count(Limit.HANDSHAKE_RATE);
    }

    /** See {@link Limit#HEADER_BYTES}. */
    public int headerBytes() {
        return count(Limit.HEADER_BYTES);
    }

    /** See {@link Limit#URI_BYTES}. */
    public int uriBytes() {
        return count(Limit.URI_BYTES);
    }

    /** See {@link Limit#BODY_BYTES}. */
    public long bodyBytes() {
        return value(Limit.BODY_BYTES);
    }

    /** See {@link Limit#UPLOAD_BYTES}. */
    public long uploadBytes() {
        return value(Limit.UPLOAD_BYTES);
    }

    /** See {@link Limit#MESSAGE_BYTES}. */
    public int messageBytes() {
        return count(Limit.MESSAGE_BYTES);
    }

    /** See {@link Limit#IDLE}. */
    public Duration idle() {
        return time(Limit.IDLE);
    }

    /** See {@link Limit#SESSION_IDLE}; zero for no limit. */
    public Duration sessionIdle() {
        return time(Limit.SESSION_IDLE);
    }

    /** See {@link Limit#HEADER_DEADLINE}. */
    public Duration headerDeadline() {
        return time(Limit.HEADER_DEADLINE);
    }

    /** See {@link Limit#BODY_STALL}. */
    public Duration bodyStall() {
        return time(Limit.BODY_STALL);
    }

    /** See {@link Limit#BODY_DEADLINE}. */
    public Duration bodyDeadline() {
        return time(Limit.BODY_DEADLINE);
    }

    /** See {@link Limit#FRAME_DEADLINE}. */
    public Duration frameDeadline() {
        return time(Limit.FRAME_DEADLINE);
    }

    /** See {@link Limit#STALLED_WRITE}. */
    public Duration stalledWrite() {
        return time(Limit.STALLED_WRITE);
    }

    /** See {@link Limit#OUTBOX_MESSAGES}. */
    public int outboxMessages() {
        return count(Limit.OUTBOX_MESSAGES);
    }

    /** See {@link Limit#OUTBOX_BYTES}. */
    public long outboxBytes() {
        return value(Limit.OUTBOX_BYTES);
    }

    /** See {@link Limit#SHUTDOWN_GRACE}. */
    public Duration shutdownGrace() {
        return time(Limit.SHUTDOWN_GRACE);
    }

    private int count(Limit limit) {
        return Math.toIntExact(value(limit));
    }

    private Duration time(Limit limit) {
        return Duration.ofNanos(value(limit));
    }

    /**
     * Sets limits. Every method returns the builder, and throws an {@link IllegalArgumentException} that names the limit
     * and its range for a value outside of it.
     */
    public static final class Builder {
        private final Map<Limit, Long> values = new EnumMap<>(Limit.class);

        private Builder() {}

        /** Sets {@link Limit#CONNECTIONS}. */
        public Builder connections(int count) {
            return set(Limit.CONNECTIONS, count);
        }

        /** Sets {@link Limit#CONNECTIONS_PER_ADDRESS}. */
        public Builder connectionsPerAddress(int count) {
            return set(Limit.CONNECTIONS_PER_ADDRESS, count);
        }

        /** Sets {@link Limit#HANDSHAKE_RATE}. */
        public Builder handshakeRate(int perSecond) {
            return set(Limit.HANDSHAKE_RATE, perSecond);
        }

        /** Sets {@link Limit#HEADER_BYTES}. */
        public Builder headerBytes(int bytes) {
            return set(Limit.HEADER_BYTES, bytes);
        }

        /** Sets {@link Limit#URI_BYTES}. */
        public Builder uriBytes(int bytes) {
            return set(Limit.URI_BYTES, bytes);
        }

        /** Sets {@link Limit#BODY_BYTES}. */
        public Builder bodyBytes(long bytes) {
            return set(Limit.BODY_BYTES, bytes);
        }

        /** Sets {@link Limit#UPLOAD_BYTES}. */
        public Builder uploadBytes(long bytes) {
            return set(Limit.UPLOAD_BYTES, bytes);
        }

        /** Sets {@link Limit#MESSAGE_BYTES}. */
        public Builder messageBytes(long bytes) {
            return set(Limit.MESSAGE_BYTES, bytes);
        }

        /** Sets {@link Limit#IDLE}. */
        public Builder idle(Duration time) {
            return set(Limit.IDLE, time);
        }

        /** Sets {@link Limit#SESSION_IDLE}. */
        public Builder sessionIdle(Duration time) {
            return set(Limit.SESSION_IDLE, time);
        }

        /** Sets {@link Limit#HEADER_DEADLINE}. */
        public Builder headerDeadline(Duration time) {
            return set(Limit.HEADER_DEADLINE, time);
        }

        /** Sets {@link Limit#BODY_STALL}. */
        public Builder bodyStall(Duration time) {
            return set(Limit.BODY_STALL, time);
        }

        /** Sets {@link Limit#BODY_DEADLINE}. */
        public Builder bodyDeadline(Duration time) {
            return set(Limit.BODY_DEADLINE, time);
        }

        /** Sets {@link Limit#FRAME_DEADLINE}. */
        public Builder frameDeadline(Duration time) {
            return set(Limit.FRAME_DEADLINE, time);
        }

        /** Sets {@link Limit#STALLED_WRITE}. */
        public Builder stalledWrite(Duration time) {
            return set(Limit.STALLED_WRITE, time);
        }

        /** Sets {@link Limit#OUTBOX_MESSAGES}. */
        public Builder outboxMessages(int count) {
            return set(Limit.OUTBOX_MESSAGES, count);
        }

        /** Sets {@link Limit#OUTBOX_BYTES}. */
        public Builder outboxBytes(long bytes) {
            return set(Limit.OUTBOX_BYTES, bytes);
        }

        /** Sets {@link Limit#SHUTDOWN_GRACE}. */
        public Builder shutdownGrace(Duration time) {
            return set(Limit.SHUTDOWN_GRACE, time);
        }

        /**
         * Sets a limit from text with its unit: {@code 100}, {@code 64KiB}, {@code 10s}.
         *
         * @param key the limit's {@linkplain Limit#key() name}
         */
        public Builder set(String key, String text) {
            Limit limit = Limit.named(key)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no limit '" + key + "'; there are " + Limit.names()));
            values.put(limit, limit.parse(text));
            return this;
        }

        /** What the other sets, it sets here too. */
        Builder setAll(Builder other) {
            values.putAll(other.values);
            return this;
        }

        private Builder set(Limit limit, long value) {
            values.put(limit, limit.checked(value));
            return this;
        }

        private Builder set(Limit limit, Duration time) {
            // A time beyond what nanoseconds can count is out of any range.
            boolean countable = time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0;
            return set(limit, time.isNegative() ? -1 : countable ? time.toNanos() : Long.MAX_VALUE);
        }

        /** The limits as they are set now. */
        public Limits build() {
            return new Limits(values);
        }
    }
}
