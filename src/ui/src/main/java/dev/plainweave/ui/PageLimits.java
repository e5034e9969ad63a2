package dev.plainweave.ui;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** How much pages may cost. Immutable: each method that takes a value returns limits that differ in that one. */
public final class PageLimits {
    /** The defaults. */
    public static final PageLimits DEFAULT = new PageLimits();

    private int pages = 10_000;
    private int visitorPages = 100;
    private int addressPages = 2_000;
    private int unconnected = 100;
    private int elements = 20_000;
    private int waitingEvents = 1_000;
    private int messageBytes = 1 << 20;
    private int eventsPerSecond = 20_000;
    private int waits = 1_000;
    private int downloads = 16;
    private int failureStacks = 10;
    private int failureStacksInAll = 300;
    private Duration firstAnswer = Duration.ofSeconds(2);
    private Duration greeting = Duration.ofSeconds(10);
    private Duration firstConnect = Duration.ofSeconds(30);
    private Duration retention = Duration.ofMinutes(2);
    private Duration slowConsumer = Duration.ofSeconds(30);
    private Duration downloadWait = Duration.ofMinutes(3);

    private PageLimits() {}

    private PageLimits with(Consumer<PageLimits> change) {
        PageLimits copy = new PageLimits();
        copy.pages = pages;
        copy.visitorPages = visitorPages;
        copy.addressPages = addressPages;
        copy.unconnected = unconnected;
        copy.elements = elements;
        copy.waitingEvents = waitingEvents;
        copy.messageBytes = messageBytes;
        copy.eventsPerSecond = eventsPerSecond;
        copy.waits = waits;
        copy.downloads = downloads;
        copy.failureStacks = failureStacks;
        copy.failureStacksInAll = failureStacksInAll;
        copy.firstAnswer = firstAnswer;
        copy.greeting = greeting;
        copy.firstConnect = firstConnect;
        copy.retention = retention;
        copy.slowConsumer = slowConsumer;
        copy.downloadWait = downloadWait;
        change.accept(copy);
        return copy;
    }

    private static int positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
        return value;
    }

    private static Duration positive(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
        return value;
    }

    /** Pages open at a time, in all; a visit that would be one more gets 503. 10,000. */
    public int pages() {
        return pages;
    }

    /** The same with that many open pages. */
    public PageLimits pages(int most) {
        return with(limits -> limits.pages = positive(most, "pages"));
    }

    /**
     * Pages open at a time, of one visitor (a browser with its cookie); a visit that would be one more gets 429. 100.
     */
    public int visitorPages() {
        return visitorPages;
    }

    /** The same with that many open pages of a visitor. */
    public PageLimits visitorPages(int most) {
        return with(limits -> limits.visitorPages = positive(most, "visitorPages"));
    }

    /**
     * Pages open at a time, of one address (of IPv6, one network of 64 bits), behind which there may be many visitors; a
     * visit that would be one more gets 429. 2,000.
     */
    public int addressPages() {
        return addressPages;
    }

    /** The same with that many open pages of an address. */
    public PageLimits addressPages(int most) {
        return with(limits -> limits.addressPages = positive(most, "addressPages"));
    }

    /**
     * Pages of one address (of IPv6, one network of 64 bits) that no browser has connected to yet; a visit that would be one
     * more gets 429. 100.
     */
    public int unconnected() {
        return unconnected;
    }

    /** The same with that many unconnected pages of one address. */
    public PageLimits unconnected(int most) {
        return with(limits -> limits.unconnected = positive(most, "unconnected"));
    }

    /** Elements of one page; an element that would be one more is refused with IllegalStateException. 20,000. */
    public int elements() {
        return elements;
    }

    /** The same with that many elements of a page. */
    public PageLimits elements(int most) {
        return with(limits -> limits.elements = positive(most, "elements"));
    }

    /**
     * Events of one page that wait for their turn; further ones wait in the browser. Of a listener that is told in {@link
     * EventPolicy#PARALLEL}, events that are handled at a time; further ones are ignored, and counted. 1,000.
     */
    public int waitingEvents() {
        return waitingEvents;
    }

    /** The same with that many events of a page that wait. */
    public PageLimits waitingEvents(int most) {
        return with(limits -> limits.waitingEvents = positive(most, "waitingEvents"));
    }

    /** Bytes of one message from the browser; a larger one closes the connection with 1009. 1 MiB. */
    public int messageBytes() {
        return messageBytes;
    }

    /** The same with messages of that many bytes. */
    public PageLimits messageBytes(int most) {
        return with(limits -> limits.messageBytes = positive(most, "messageBytes"));
    }

    /**
     * Threads that wait for one page at a time, in the methods that give the turn up ({@link Page}); one more gets
     * IllegalStateException. So a button that asks something can be clicked as often as one likes. 1,000.
     */
    public int waits() {
        return waits;
    }

    /** The same with that many threads that wait for a page. */
    public PageLimits waits(int most) {
        return with(limits -> limits.waits = positive(most, "waits"));
    }

    /**
     * Failures of the handlers of one page that are logged with their stacks, in a minute. Beyond, each is still counted, in
     * {@code plainweave.pages.handler.failures}, told to the user with an id, and told to {@link
     * PlainweaveBuilder#onPageFailure}; the log says once a minute how many they were. 10.
     */
    public int failureStacks() {
        return failureStacks;
    }

    /** The same with that many failures of a page with their stacks. */
    public PageLimits failureStacks(int most) {
        return with(limits -> limits.failureStacks = positive(most, "failureStacks"));
    }

    /** The same of all pages together: one that fails when it is opened can be opened again and again. 300. */
    public int failureStacksInAll() {
        return failureStacksInAll;
    }

    /** The same with that many failures of all pages with their stacks. */
    public PageLimits failureStacksInAll(int most) {
        return with(limits -> limits.failureStacksInAll = positive(most, "failureStacksInAll"));
    }

    /**
     * Downloads of one page that its browser has not fetched yet; one more is refused with IllegalStateException. 16.
     */
    public int downloads() {
        return downloads;
    }

    /** The same with that many downloads of a page that wait. */
    public PageLimits downloads(int most) {
        return with(limits -> limits.downloads = positive(most, "downloads"));
    }

    /** How long the page function may take before the browser gets what there is. 2 seconds. */
    public Duration firstAnswer() {
        return firstAnswer;
    }

    /** The same with that time for the first answer. */
    public PageLimits firstAnswer(Duration time) {
        return with(limits -> limits.firstAnswer = positive(time, "firstAnswer"));
    }

    /** How long a page waits for its browser to connect. 30 seconds. */
    public Duration firstConnect() {
        return firstConnect;
    }

    /** The same with that time for the first connection. */
    public PageLimits firstConnect(Duration time) {
        return with(limits -> limits.firstConnect = positive(time, "firstConnect"));
    }

    /** How long a page waits for its browser to come back. 2 minutes. */
    public Duration retention() {
        return retention;
    }

    /** The same with that time to come back. */
    public PageLimits retention(Duration time) {
        return with(limits -> limits.retention = positive(time, "retention"));
    }

    /**
     * How long a connected browser may leave a frame unapplied before its connection is closed; it may come back. 30
     * seconds.
     */
    public Duration slowConsumer() {
        return slowConsumer;
    }

    /** The same with that time for applying a frame. */
    public PageLimits slowConsumer(Duration time) {
        return with(limits -> limits.slowConsumer = positive(time, "slowConsumer"));
    }

    /** How long a download waits to be fetched: a browser that is away comes back first. 3 minutes. */
    public Duration downloadWait() {
        return downloadWait;
    }

    /** The same with that time for a download to be fetched. */
    public PageLimits downloadWait(Duration time) {
        return with(limits -> limits.downloadWait = positive(time, "downloadWait"));
    }

    /**
     * Messages of one page in a second, acknowledgements aside, and as many more at once. Beyond, the server reads more
     * slowly, so that they wait in the browser: a program that is too fast is no crime, and nothing is lost. 20,000.
     */
    public int eventsPerSecond() {
        return eventsPerSecond;
    }

    /** The same with that many messages in a second; at most 1,000,000. */
    public PageLimits eventsPerSecond(int most) {
        if (most > 1_000_000) {
            throw new IllegalArgumentException("eventsPerSecond must be at most 1000000, was " + most);
        }
        return with(limits -> limits.eventsPerSecond = positive(most, "eventsPerSecond"));
    }

    /** How long a connection may take to say hello, before it is closed with 1002. 10 seconds. */
    public Duration greeting() {
        return greeting;
    }

    /** The same with that time for a hello. */
    public PageLimits greeting(Duration time) {
        return with(limits -> limits.greeting = positive(time, "greeting"));
    }
}
