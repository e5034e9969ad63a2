package dev.plainweave.gallery.live;

import dev.plainweave.ui.Page;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread that takes a step, has every page that watches show what there is to see, sleeps, and takes the next
 * step: for as long as anybody watches.
 */
public final class Pulse {
    private static final Logger LOGGER = LoggerFactory.getLogger(Pulse.class);

    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final String name;
    private final Duration pace;
    private final Runnable step;

    /** A pulse of that pace, on a thread of that name. */
    public Pulse(String name, Duration pace, Runnable step) {
        this.name = name;
        this.pace = pace;
        this.step = step;
    }

    /** Shows the page how it is, now and after each step, without the page's turn, until the page ends. */
    public void watch(Page page, Runnable show) {
        show.run();
        watchers.add(show);
        page.onClose(end -> watchers.remove(show));
        start();
    }

    /** Whether anybody watches. */
    public boolean isWatched() {
        return !watchers.isEmpty();
    }

    private void start() {
        if (beating.compareAndSet(false, true)) {
            Thread.ofVirtual().name(name).start(this::beat);
        }
    }

    private void beat() {
        try {
            while (isWatched()) {
                step.run();
                watchers.forEach(this::show);
                Thread.sleep(pace);
            }
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        } finally {
            beating.set(false);
        }
        if (isWatched()) {
            start(); // somebody came just when the last one had left
        }
    }

    /** A page that cannot be shown is no reason for the others to see nothing. */
    private void show(Runnable watcher) {
        try {
            watcher.run();
        } catch (RuntimeException failed) {
            watchers.remove(watcher);
            LOGGER.warn("a page could not show what {} has to say", name, failed);
        }
    }
}
