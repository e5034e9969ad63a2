package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.ui.test.Tab;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Between a page and a tab: delivers one message at a time, when the test likes, and loses what is on its way in a cut. */
final class SlowNetwork {
    private final LivePage page;
    private final Tab tab;
    private Connection connection;
    int cuts;

    SlowNetwork(LivePage page, Tab tab) {
        this.page = page;
        this.tab = tab;
        connect();
    }

    /** A message that has not gone out yet; null when it has. */
    private record Waiting(Object key, AtomicReference<String> text) {
        Waiting(Object key, String text) {
            this(key, new AtomicReference<>(text));
        }

        boolean replaced(Object by, String message) {
            return key.equals(by) && text.updateAndGet(old -> old == null ? null : message) != null;
        }
    }

    /** One connection, with what is on its way. */
    private static final class Connection {
        final Queue<Waiting> toTab = new ConcurrentLinkedQueue<>();
        final Queue<String> toServer = new ArrayDeque<>();
        boolean greeted;

        final Wire server = new Wire() {
            @Override
            public void send(String message) {
                toTab.add(new Waiting("", message));
            }

            @Override
            public void send(Object key, String message) {
                if (toTab.stream().noneMatch(waiting -> waiting.replaced(key, message))) {
                    toTab.add(new Waiting(key, message));
                }
            }

            @Override
            public void close(int code, String reason) {
                toServer.clear();
            }
        };

        final Tab.Wire browser = toServer::add;
    }

    private void connect() {
        connection = new Connection();
        tab.connect(connection.browser);
    }

    /** Delivers the next message to the tab; whether there was one. */
    boolean toTab() {
        Waiting message = connection.toTab.poll();
        if (message != null) {
            tab.receive(connection.browser, message.text().getAndSet(null));
            assertEquals("", tab.broken());
        }
        return message != null;
    }

    /** Delivers the next message to the page; whether there was one. */
    boolean toServer() throws InterruptedException {
        String message = connection.toServer.poll();
        if (message == null) {
            return false;
        }
        JsonNode read = Incoming.read(message);
        if (connection.greeted) {
            page.inbox().receive(connection.server, read);
        } else {
            connection.greeted = true;
            assertTrue(page.inbox().connect(connection.server, Incoming.hello(read)));
        }
        return true;
    }

    /** The server may learn of it before the browser comes back, after, or only by that. */
    void cut(Random random) {
        cuts++;
        Connection old = connection;
        tab.disconnected(old.browser);
        if (random.nextBoolean()) {
            page.inbox().disconnected(old.server);
        }
        if (random.nextInt(8) == 0) {
            tab.forget();
        }
        connect();
        if (random.nextBoolean()) {
            page.inbox().disconnected(old.server);
        }
    }

    /** Delivers what there is; whether all is where it belongs. */
    boolean drain() throws InterruptedException {
        page.writer.flush();
        boolean moved = false;
        while (toServer() || toTab()) {
            moved = true;
        }
        return !moved && tab.isQuiet() && !page.tree.locked(page.tree::hasChanges);
    }
}
