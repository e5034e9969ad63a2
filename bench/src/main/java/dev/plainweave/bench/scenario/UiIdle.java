package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.LiveTab;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.Memory;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import dev.plainweave.bench.variant.LivePages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an idle open page holds, and what is left when it has gone. */
public final class UiIdle implements Scenario {
    private static final String NAME = "ui-idle";
    private static final int SMALL = 2;
    private static final int LARGE = 50;
    private static final int BATCH = 100;
    /** A page ends 5 seconds after its tab said goodbye, and is looked at twice a second. */
    private static final int GOODBYE_MILLIS = 6_000;

    private static final int COLLECTING_MILLIS = 4_000;
    private static final double MILLIS_A_PAGE = 1.5;
    /** Compiled code and pools may differ by that much in all. */
    private static final long SLACK_BYTES = 1_000_000;
    /** A leak of one a page is far more. */
    private static final int MORE_THREADS = 20;

    private static final Metric LEFT = new Metric(NAME, "heap left by pages that have gone", "B/page", Better.LOWER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public String about() {
        return ("As many pages come and go first, with one click each. Then memory after garbage collection is read;"
            + " pages of %d elements are opened, and after a quiet half second it is read again: live heap and"
            + " resident memory, the difference divided by the pages, sessions and all. They are left, and more are"
            + " opened and left (10,000 in all, each with one click): what heap is left six seconds later is compared"
            + " too. The same with pages of %d elements.")
                .formatted(SMALL, LARGE);
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.PAGES);
    }

    @Override
    public List<String> arguments() {
        return List.of(LivePages.OPTION);
    }

    private static int idle(Size size) {
        return size.idleSessions() / 5;
    }

    private static int leaving(Size size) {
        return size.idleSessions() * 2;
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        return (int) ((leaving(size) + 3 * idle(size)) * MILLIS_A_PAGE) + 2 * GOODBYE_MILLIS + COLLECTING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        long pid = visit.server().pid();
        int pages = idle(visit.size());
        openAndLeave(visit, pages);
        awaitEnds(visit);
        Memory before = Memory.afterGc(pid);
        int threads = Memory.threads(pid);
        int descriptors = Memory.descriptors(pid);

        hold(visit, SMALL, pages, before);
        openAndLeave(visit, leaving(visit.size()) - pages);
        awaitEnds(visit);
        Memory after = Memory.afterGc(pid);
        long left = after.heapBytes() - before.heapBytes();
        visit.record(LEFT, (double) left / leaving(visit.size()));
        check(visit, "bytes of heap", left, SLACK_BYTES);
        check(visit, "platform threads", Memory.threads(pid) - threads, MORE_THREADS);
        check(visit, "descriptors", Memory.descriptors(pid) - descriptors, MORE_THREADS);

        hold(visit, LARGE, pages, after);
    }

    /** A smoke run does not wait for it, and its figures mean nothing. */
    private static void awaitEnds(Visit visit) {
        Threads.sleep(visit.size().smoke() ? 0 : GOODBYE_MILLIS);
    }

    private static void check(Visit visit, String what, long more, long slack) {
        if (more > slack && !visit.size().smoke()) {
            visit.broken(NAME, "%,d %s more after %,d pages have gone".formatted(more, what, leaving(visit.size())));
        }
    }

    private static void hold(Visit visit, int elements, int count, Memory before) throws IOException {
        List<LiveTab> tabs = UiRoundtrip.open(visit, LivePages.IDLE + elements, count);
        Threads.sleep(IdleMemory.SETTLE_MILLIS);
        Memory open = Memory.afterGc(visit.server().pid());
        visit.record(metric("live heap", elements), (double) (open.heapBytes() - before.heapBytes()) / count);
        visit.record(metric("resident", elements), (double) (open.rssBytes() - before.rssBytes()) / count);
        clickAndLeave(tabs);
    }

    private static void openAndLeave(Visit visit, int count) throws IOException {
        Handshake handshake = visit.pagesHandshake();
        String path = visit.variant().path(Route.PAGES) + LivePages.IDLE + SMALL;
        for (int done = 0; done < count; done += BATCH) {
            List<LiveTab> batch = new ArrayList<>();
            for (int n = 0; n < Math.min(BATCH, count - done); n++) {
                batch.add(LiveTab.open(visit.server().address(), handshake, path, n));
            }
            clickAndLeave(batch);
        }
    }

    private static void clickAndLeave(List<LiveTab> tabs) throws IOException {
        for (LiveTab tab : tabs) {
            tab.click("1");
            tab.leave();
        }
    }

    private static Metric metric(String what, int elements) {
        return new Metric(NAME, what + ", " + elements + " elements", "B/page", Better.LOWER);
    }
}
