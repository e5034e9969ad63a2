package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.ClickExchange;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.load.LiveTab;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import dev.plainweave.bench.variant.LivePages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Live pages: from a click to the change that its handler makes. */
public final class UiRoundtrip implements Scenario {
    private static final String NAME = "ui-roundtrip";
    private static final int FEW = 1;
    private static final int MANY = 100;
    private static final int SLEEPERS = 1_000;
    private static final int WARM_CLICKS = 60_000;
    private static final int OPENING_MILLIS = 2_500;
    private static final Metric KEPT_ONE = kept("one page with sleepers, of without");
    private static final Metric KEPT_MANY = kept("100 pages with sleepers, of without");

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
        return ("A label and a button that counts in it, over the pages' own protocol: each click an event, each"
            + " answer a frame with the label's next number, compared and acknowledged. Closed loop on one page, and"
            + " on %d at once; then the same while one handler sleeps in each of %,d other pages. What is kept is the"
            + " rate with sleepers, divided by the mean of the rates before and after.")
                .formatted(MANY, SLEEPERS);
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.PAGES);
    }

    @Override
    public List<String> arguments() {
        return List.of(LivePages.OPTION);
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + 6 * (size.settleMillis() + size.windowMillis()) + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        warmUp(visit);
        Window many = closed(visit, MANY);
        record(visit, "100 pages", many);
        Window one = closed(visit, FEW);
        record(visit, "one page", one);

        List<LiveTab> sleepers = open(visit, LivePages.SLEEPER, visit.size().smoke() ? MANY : SLEEPERS);
        Window manyBeside;
        Window oneBeside;
        try {
            for (LiveTab sleeper : sleepers) {
                sleeper.click("asleep");
            }
            manyBeside = closed(visit, MANY);
            oneBeside = closed(visit, FEW);
        } finally {
            closeAll(sleepers);
        }
        Threads.sleep(visit.size().settleMillis());
        kept(visit, KEPT_MANY, manyBeside, many, closed(visit, MANY));
        kept(visit, KEPT_ONE, oneBeside, one, closed(visit, FEW));
    }

    private static void warmUp(Visit visit) throws IOException {
        List<LiveTab> tabs = open(visit, LivePages.COUNTER, MANY);
        try (ClosedLoop load = start(tabs)) {
            visit.meter().warmUp(load, WARM_CLICKS);
            load.finish();
        } finally {
            closeAll(tabs);
        }
    }

    private static Window closed(Visit visit, int pages) throws IOException {
        List<LiveTab> tabs = open(visit, LivePages.COUNTER, pages);
        try (ClosedLoop load = start(tabs)) {
            visit.meter().settle(load, visit.size());
            Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
            load.finish();
            return window;
        } finally {
            closeAll(tabs);
        }
    }

    private static ClosedLoop start(List<LiveTab> tabs) throws IOException {
        return ClosedLoop.start(
                tabs.stream().map(LiveTab::client).toList(),
                tabs.stream().map(ClickExchange::new).toList());
    }

    static List<LiveTab> open(Visit visit, String page, int count) throws IOException {
        List<LiveTab> tabs = new ArrayList<>(count);
        boolean complete = false;
        try {
            for (int n = 0; n < count; n++) {
                tabs.add(LiveTab.open(
                        visit.server().address(),
                        visit.pagesHandshake(),
                        visit.variant().path(Route.PAGES) + page,
                        n));
            }
            complete = true;
            return tabs;
        } finally {
            if (!complete) {
                closeAll(tabs);
            }
        }
    }

    private static void closeAll(List<LiveTab> tabs) throws IOException {
        for (Client client : tabs.stream().map(LiveTab::client).toList()) {
            client.close();
        }
    }

    private static void record(Visit visit, String load, Window window) {
        visit.record(new Metric(NAME, "round trips of " + load, "/s", Better.HIGHER), window.perSecond());
        visit.record(new Metric(NAME, "cpu, " + load, "us/round trip", Better.LOWER), window.serverMicros());
    }

    private static void kept(Visit visit, Metric metric, Window beside, Window before, Window after) {
        visit.record(metric, beside.perSecond() / ((before.perSecond() + after.perSecond()) / 2));
    }

    private static Metric kept(String name) {
        return new Metric(NAME, name, "ratio", Better.HIGHER);
    }
}
