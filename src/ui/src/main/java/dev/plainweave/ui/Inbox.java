package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what comes from a page's browser: each event once, in order, and only from its newest connection. */
final class Inbox {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);

    private final LivePage page;

    Inbox(LivePage page) {
        this.page = page;
    }

    /** A browser has come, or come back; false if it is too late. */
    boolean connect(Wire wire, Incoming.Hello hello) {
        return page.tree.locked(() -> {
            if (page.hasEnded()) {
                return false;
            }
            if (page.writer.admits(wire, hello)) {
                page.left(false);
                page.arrived(hello.tab());
                page.writer.connect(wire, hello);
                page.place.connected();
            }
            return true;
        });
    }

    /** The connection has gone. */
    void disconnected(Wire wire) {
        page.tree.run(() -> {
            if (page.writer.disconnect(wire)) {
                page.away();
            }
        });
    }

    /** Takes a message; one of a connection that has been replaced is nothing to us any more. Waits while too many do. */
    void receive(Wire wire, JsonNode message) throws InterruptedException {
        Incoming.check(message);
        if (message.has("event")) {
            page.awaitRoom();
        }
        JsonNode data = Incoming.data(message);
        // Under one lock: no frame that acknowledges the event goes out before it has its place in the queue.
        boolean answers = page.tree.locked(() -> {
            if (!page.writer.isLink(wire) || !accept(message)) {
                return false;
            }
            String type = Incoming.text(message, "type");
            int target = Incoming.id(message);
            if (target == 0 && type.equals(Incoming.ANSWER)) {
                return true;
            }
            if (target == 0 && type.equals(Incoming.FAILED)) {
                failed(Incoming.id(data), data);
            } else {
                event(target, type, data);
            }
            return false;
        });
        if (answers) {
            answer(Incoming.number(data, "command"), data);
        }
    }

    /** Takes note of a message; whether it is an event that is new. */
    private boolean accept(JsonNode message) {
        if (message.has("event")) {
            checkValue(message);
            page.writer.applied(Incoming.number(message, "frame"));
            page.used();
            return page.writer.accept(Incoming.number(message, "event"));
        }
        if (message.has("ack")) {
            page.writer.applied(Incoming.number(message, "ack"));
        } else if (message.has("alive")) {
            page.writer.alive();
        } else if (message.has("bye")) {
            page.left(true);
        } else {
            page.ignored();
            LOGGER.trace("a browser does not know the command {}", message.path("unknown"));
        }
        return false;
    }

    /** Of an edit: a box is ticked or not, a list has several, all else is text. */
    private void checkValue(JsonNode event) {
        Node field = event.path("type").textValue().equals("value") ? page.tree.find(Incoming.id(event)) : null;
        if (field != null && !Incoming.fits(field, event.path("data").path("value"))) {
            throw new ProtocolException(field + " has no such values");
        }
    }

    private void event(int target, String type, JsonNode data) {
        Node node = page.tree.find(target);
        List<Subscription> listeners = node == null ? List.of() : node.subscriptions();
        boolean heard = false;
        for (Subscription listener : listeners) {
            if (listener.hears(type)) {
                heard = true;
                listener.fire(page, data);
            }
        }
        if (!heard) {
            page.ignored();
        }
    }

    /** A module could not show its element, as its browser says: shown, and logged once a minute. */
    private void failed(int id, JsonNode data) {
        Node node = page.tree.find(id);
        if (node == null || node.get(Node.MODULE) == null || node.get(Node.FAILED) != null) {
            page.ignored();
            return;
        }
        page.tree.set(node, Node.FAILED, "");
        Object module = Objects.requireNonNull(node.get(Node.MODULE));
        if (!page.all().modules().mayComplain(module)) {
            return;
        }
        LOGGER.warn(
                "a browser could not show {} of the page {}, by the module {}: {}",
                node,
                LogText.plain(page.request().path()),
                module,
                LogText.plain(data.path("error").textValue()));
    }

    private void answer(long command, JsonNode data) {
        page.tree
                .locked(() -> Optional.ofNullable(page.writer.answered(command)))
                .ifPresentOrElse(waiting -> waiting.complete(data), () -> unwanted(command, data));
    }

    /** Nobody waits for it; or it says that a command could not be done, of those that nobody waits for. */
    private void unwanted(long command, JsonNode data) {
        page.ignored();
        LOGGER.debug("nobody waits for the answer to command {}: {}", command, data.path("error"));
    }
}
