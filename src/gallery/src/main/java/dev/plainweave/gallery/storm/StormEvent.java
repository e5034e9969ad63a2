package dev.plainweave.gallery.storm;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the storm page is told, as JSON with a {@code type}. {@code at} is milliseconds since 1970. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StormEvent.Rules.class, name = "rules"),
    @JsonSubTypes.Type(value = StormEvent.Second.class, name = "second"),
    @JsonSubTypes.Type(value = StormEvent.Unleashed.class, name = "unleashed"),
    @JsonSubTypes.Type(value = StormEvent.Refused.class, name = "refused")
})
sealed interface StormEvent {
    /** The first message: whether there may be storms here, and if not, how to get them. */
    record Rules(boolean allowed, String why, int atOnce, int perMinute) implements StormEvent {}

    /** How the neighbours' last second was. Latencies in microseconds, the other figures since the start. */
    record Second(long at, int echoes, long p50, long p99, long longest, long allEchoes, long lost, int clients)
            implements StormEvent {}

    /** Somebody has sent clients. */
    record Unleashed(long at, String fault, int clients) implements StormEvent {}

    /** The visitor's order was not carried out. Told to nobody else. */
    record Refused(String why) implements StormEvent {}
}
