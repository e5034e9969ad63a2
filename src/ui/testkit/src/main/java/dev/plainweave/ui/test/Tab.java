package dev.plainweave.ui.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a browser does, without one: the model of a document that frames are applied to, and events that arrive exactly once
 * through any number of connections. Written from PROTOCOL.md, and stricter than a browser: what that would put up with
 * is an error here. Most tests want a {@link User}; this is for tests with a network of their own. All methods may be called
 * from any thread.
 */
public final class Tab {
    /** What a tab sends through. */
    public interface Wire {
        /** Sends a message, some time. */
        void send(String message);
    }

    private record Sent(long number, ObjectNode message) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STAY = Set.of("focus", "blur", "mouseenter", "mouseleave", "scroll", "close");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final View view = new View();
    private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
    private final List<String> toasts = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<JsonNode> commands = new ArrayList<>();
    private final String page;
    private final String secret;
    private volatile Consumer<JsonNode> onScript = call -> {};
    private @Nullable Wire wire;
    private boolean greeted;
    private long frame;
    private long lastCommand;
    private long lastEvent;
    private boolean busy;
    private boolean acknowledges = true;
    private String gone = "";
    private String wentTo = "";
    private String broken = "";

    /** The document of that page, which has applied nothing yet: what it has is in the attributes of its body. */
    public Tab(String page, String secret) {
        this.page = page;
        this.secret = secret;
    }

    // Connections.

    /** Says hello through a connection, instead of the one before. */
    public void connect(Wire to) {
        run(() -> {
            wire = to;
            greeted = false;
            ObjectNode hello = JSON.createObjectNode();
            hello.putObject("hello")
                    .put("v", 1)
                    .put("page", page)
                    .put("secret", secret)
                    .put("lastFrame", frame)
                    .put("lastCommand", lastCommand);
            to.send(hello.toString());
        });
    }

    /** That connection has gone. */
    public void disconnected(Wire from) {
        run(() -> {
            if (isMine(from)) {
                wire = null;
                greeted = false;
            }
        });
    }

    @SuppressWarnings("ReferenceEquality") // two connections may be equal
    private boolean isMine(Wire from) {
        return wire == from;
    }

    /** Forgets what it has, as a browser does that could not apply a frame. */
    public void forget() {
        run(() -> frame = 0);
    }

    /** Whether it says what it has applied; a browser always does. */
    public void acknowledges(boolean wanted) {
        run(() -> {
            acknowledges = wanted;
            if (wanted && greeted) {
                transmit("{\"ack\":" + frame + "}");
            }
        });
    }

    /** What becomes of JavaScript that the page wants to run: a command as in PROTOCOL.md. */
    public void onScript(Consumer<JsonNode> runs) {
        onScript = runs;
    }

    /** Takes a message; one of a connection that was replaced is nothing to it. */
    public void receive(Wire from, String text) {
        run(() -> {
            if (!isMine(from)) {
                return;
            }
            try {
                receive(JSON.readTree(text));
            } catch (Exception wrong) {
                broken = wrong + " in " + text;
            }
        });
    }

    private void receive(JsonNode message) {
        if (message.has("resumed") || message.has("snapshot")) {
            View.require(!greeted, "a second answer to hello");
            greeted = true;
            long last = message.path(message.has("resumed") ? "resumed" : "snapshot")
                    .path("lastEvent")
                    .asLong();
            acknowledged(last);
            unacknowledged.forEach(this::transmit);
        } else if (message.has("gone")) {
            gone = message.path("gone").path("reason").asText();
        } else {
            View.require(greeted, "something before the answer to hello");
            acknowledged(message.path("ack").asLong());
            busy = message.path("busy").asBoolean();
            if (message.has("n")) {
                apply(message);
            }
        }
    }

    private void acknowledged(long number) {
        View.require(number <= lastEvent, "acknowledges event " + number + " of " + lastEvent);
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().number() <= number) {
            unacknowledged.remove();
        }
    }

    private void apply(JsonNode message) {
        long base = message.path("base").asLong();
        View.require(base == frame || base == 0, "frame on " + base + ", but we have " + frame);
        view.apply(message.path("state"), base == 0);
        frame = message.path("n").asLong();
        for (JsonNode command : message.path("commands")) {
            if (command.get(0).asLong() > lastCommand) {
                lastCommand = command.get(0).asLong();
                perform(command);
            }
        }
        if (acknowledges) {
            transmit("{\"ack\":" + frame + "}");
        }
    }

    private void perform(JsonNode command) {
        commands.add(command);
        switch (command.get(1).asText()) {
            case "toast" -> {
                toasts.add(command.get(2).asText());
                if (command.has(4)) {
                    errors.add(command.get(2).asText());
                }
            }
            case "navigate" -> wentTo = command.get(2).asText();
            case "js" -> onScript.accept(command);
            case "call", "focus", "scroll" -> {
                if (view.get(command.get(2).asInt()) == null) {
                    answer(command.get(0).asLong(), "error", "the element is not there any more");
                } else if (command.get(1).asText().equals("call")) {
                    onScript.accept(command);
                }
            }
            default -> {}
        }
    }

    // What the user does.

    /** Has an event happen at that element, whether it wants to hear it or not. */
    public void event(Shown on, String type, Map<String, ?> data) {
        run(() -> send(on.id, type, JSON.valueToTree(data)));
    }

    /** As in a document: those hear it who want to, from there outwards, with the fields they ask for. Whether any did. */
    boolean fire(Shown on, String type, Map<String, ?> data) {
        return ask(() -> {
            boolean heard = false;
            for (Shown at : STAY.contains(type) || type.startsWith(".") ? List.of(on) : view.path(on)) {
                boolean stops = false;
                for (Shown.Wish wish : at.wishes(type)) {
                    if (!wish.keys().isEmpty() && !wish.keys().contains(keys(data))) {
                        continue;
                    }
                    ObjectNode sent = JSON.createObjectNode();
                    wish.fields().forEach(field -> sent.set(field, JSON.valueToTree(data.get(field))));
                    send(at.id, wish.name(), type.startsWith(".") ? JSON.valueToTree(data) : sent);
                    heard = true;
                    stops |= wish.stops();
                }
                if (stops) {
                    break;
                }
            }
            return heard;
        });
    }

    /** A key with those that are held, as listeners name it. */
    private static String keys(Map<String, ?> data) {
        StringBuilder all = new StringBuilder();
        for (String held : List.of("ctrl", "alt", "shift", "meta")) {
            if (Boolean.TRUE.equals(data.get(held + "Key"))) {
                all.append(held).append('+');
            }
        }
        return all.append(String.valueOf(data.get("key")).toLowerCase(Locale.ROOT))
                .toString();
    }

    /** Changes the value of a field: a text, true or false, or the keys of what is chosen. */
    public void edit(Shown on, Object value) {
        run(() -> {
            on.edits++;
            on.properties.put(value instanceof Boolean ? ".checked" : ".value", JSON.valueToTree(value));
            send(on.id, "value", JSON.createObjectNode().put("edit", on.edits).set("value", JSON.valueToTree(value)));
        });
    }

    /** Answers a command: {@code value} with what came of it, or {@code error} with what was wrong. */
    public void answer(long command, String name, @Nullable Object value) {
        run(() -> send(
                0, "answer", JSON.createObjectNode().put("command", command).set(name, JSON.valueToTree(value))));
    }

    private void send(int id, String type, JsonNode data) {
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("type", type).set("data", data);
        Sent sent = new Sent(++lastEvent, message);
        unacknowledged.add(sent);
        if (greeted) {
            transmit(sent);
        }
    }

    private void transmit(Sent event) {
        transmit(event.message()
                .deepCopy()
                .put("event", event.number())
                .put("frame", frame)
                .toString());
    }

    private void transmit(String message) {
        if (wire != null) {
            wire.send(message);
        }
    }

    // What the user sees.

    /** Waits until that is so, or the time has passed; whether it is. */
    public boolean await(Duration limit, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    <T> T look(Function<View, T> question) {
        return ask(() -> question.apply(view));
    }

    /** Those that can be seen, in the order of the document. */
    public List<Shown> visible() {
        return look(all -> all.visible(View.ROOT));
    }

    /** The element that can be seen with that text, or the field with that label. */
    public Optional<Shown> find(String text) {
        return look(all -> all.find(View.ROOT, text));
    }

    /** Its tag. */
    public String tag(Shown shown) {
        return shown.tag;
    }

    /** What it shows: what is typed, ticked or chosen, or else its text. */
    public String text(Shown shown) {
        return ask(shown::text);
    }

    /** An attribute, empty where there is none. */
    public String attribute(Shown shown, String name) {
        return ask(() -> shown.property(name));
    }

    /** Whether a text is to be seen: in an element, in a field, or in a toast. */
    public boolean shows(String text) {
        return ask(() -> toasts.stream().anyMatch(toast -> toast.contains(text)) || view.shows(text));
    }

    /** Whether it is connected, was greeted, and has the page. */
    public boolean isLive() {
        return ask(() -> greeted && view.get(View.ROOT) != null);
    }

    /** Whether a handler holds the turn. */
    public boolean isBusy() {
        return ask(() -> busy);
    }

    /** Whether the server has all events, and nothing runs. */
    public boolean isQuiet() {
        return ask(() -> greeted && unacknowledged.isEmpty() && !busy);
    }

    /** Why the page is there no more; empty while it is. */
    public String gone() {
        return ask(() -> gone);
    }

    /** Where the page has sent its browser; empty for nowhere. */
    public String wentTo() {
        return ask(() -> wentTo);
    }

    /** What the server did that no server may; empty for nothing. */
    public String broken() {
        return ask(() -> broken);
    }

    /** What was told, from the first. */
    public List<String> toasts() {
        return ask(() -> List.copyOf(toasts));
    }

    /** Those of them that told of a handler that failed. */
    List<String> errors() {
        return ask(() -> List.copyOf(errors));
    }

    /** Where what the page has offered for download is, in order. */
    List<String> downloads() {
        return ask(() -> commands.stream()
                .filter(command -> command.get(1).asText().equals("download"))
                .map(command -> command.get(2).asText())
                .toList());
    }

    /** The last frame that was applied. */
    public long frame() {
        return ask(() -> frame);
    }

    /** How many elements there are. */
    public int size() {
        return ask(view::size);
    }

    /** For who reads why a test has failed. */
    String readable() {
        return ask(() -> {
            StringBuilder out = new StringBuilder(new Outline(view).readable());
            toasts.forEach(toast -> out.append("  toast \"").append(toast).append("\"\n"));
            if (!gone.isEmpty()) {
                out.append("  (the page is gone: ").append(gone).append(")\n");
            } else if (!greeted) {
                out.append("  (not connected)\n");
            } else if (busy) {
                out.append("  (a handler holds the turn)\n");
            }
            return out.toString();
        });
    }

    /** All elements with all properties, one a line, children indented; then the toasts. */
    @Override
    public String toString() {
        return ask(() -> {
            StringBuilder out = new StringBuilder(new Outline(view).exact());
            toasts.forEach(toast -> out.append("toast: ").append(toast).append('\n'));
            return out.toString();
        });
    }
}
