package dev.plainweave.ui;

import java.time.Duration;
import java.util.Objects;

/**
 * How much pages may cost.
 *
 * @param pages open at a time, in all; a visit that would be one more gets 503. 10,000
 * @param unconnected pages of one address that no browser has connected to yet; a visit that would be one more gets 429.
 *     100
 * @param elements of one page; an element that would be one more is refused with IllegalStateException. 20,000
 * @param waitingEvents of one page that wait for their turn; further ones wait in the browser. 1,000
 * @param messageBytes of one message from the browser; a larger one closes the connection with 1009. 1 MiB
 * @param firstAnswer how long the page function may take before the browser gets what there is. 2 seconds
 * @param firstConnect how long a page waits for its browser to connect. 30 seconds
 * @param retention how long a page waits for its browser to come back. 2 minutes
 * @param slowConsumer how long a connected browser may leave a frame unapplied before its connection is closed; it may come
 *     back. 30 seconds
 */
public record PageLimits(
        int pages,
        int unconnected,
        int elements,
        int waitingEvents,
        int messageBytes,
        Duration firstAnswer,
        Duration firstConnect,
        Duration retention,
        Duration slowConsumer) {
    /** The defaults. */
    public static final PageLimits DEFAULT = new PageLimits(
            10_000,
            100,
            20_000,
            1_000,
            1 << 20,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30));

    /** Checks the values. */
    public PageLimits {
        positive(pages, "pages");
        positive(unconnected, "unconnected");
        positive(elements, "elements");
        positive(waitingEvents, "waitingEvents");
        positive(messageBytes, "messageBytes");
        positive(firstAnswer, "firstAnswer");
        positive(firstConnect, "firstConnect");
        positive(retention, "retention");
        positive(slowConsumer, "slowConsumer");
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }

    private static void positive(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }

    /** The same with that many pages. */
    public PageLimits pages(int most) {
        return new PageLimits(
                most,
                unconnected,
                elements,
                waitingEvents,
                messageBytes,
                firstAnswer,
                firstConnect,
                retention,
                slowConsumer);
    }

    /** The same with that many unconnected pages of one address. */
    public PageLimits unconnected(int most) {
        return new PageLimits(
                pages, most, elements, waitingEvents, messageBytes, firstAnswer, firstConnect, retention, slowConsumer);
    }

    /** The same with that many elements of a page. */
    public PageLimits elements(int most) {
        return new PageLimits(
                pages,
                unconnected,
                most,
                waitingEvents,
                messageBytes,
                firstAnswer,
                firstConnect,
                retention,
                slowConsumer);
    }

    /** The same with that many events that may wait. */
    public PageLimits waitingEvents(int most) {
        return new PageLimits(
                pages, unconnected, elements, most, messageBytes, firstAnswer, firstConnect, retention, slowConsumer);
    }

    /** The same with that size of a message. */
    public PageLimits messageBytes(int most) {
        return new PageLimits(
                pages, unconnected, elements, waitingEvents, most, firstAnswer, firstConnect, retention, slowConsumer);
    }

    /** The same with that time for the page function. */
    public PageLimits firstAnswer(Duration time) {
        return new PageLimits(
                pages, unconnected, elements, waitingEvents, messageBytes, time, firstConnect, retention, slowConsumer);
    }

    /** The same with that time for the first connection. */
    public PageLimits firstConnect(Duration time) {
        return new PageLimits(
                pages, unconnected, elements, waitingEvents, messageBytes, firstAnswer, time, retention, slowConsumer);
    }

    /** The same with that time for coming back. */
    public PageLimits retention(Duration time) {
        return new PageLimits(
                pages,
                unconnected,
                elements,
                waitingEvents,
                messageBytes,
                firstAnswer,
                firstConnect,
                time,
                slowConsumer);
    }

    /** The same with that time for applying a frame. */
    public PageLimits slowConsumer(Duration time) {
        return new PageLimits(
                pages, unconnected, elements, waitingEvents, messageBytes, firstAnswer, firstConnect, retention, time);
    }
}
