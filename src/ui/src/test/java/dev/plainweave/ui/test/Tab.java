package dev.plainweave.ui.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a browser does, without one: the model of a document that frames are applied to, and events that arrive exactly once
 * through any number of connections. Written from PROTOCOL.md, and stricter than a browser: what that would put up with
 * is an error here. All methods may be called from any thread.
 */
public final class Tab {
    /** An element as the browser has it. */
    public static final class Shown {
        final int id;
        final String tag;
        final Map<String, JsonNode> properties = new LinkedHashMap<>();
        final List<Integer> children = new ArrayList<>();
        int edits;

        Shown(int id, String tag) {
            this.id = id;
            this.tag = tag;
        }

        boolean has(String property) {
            return properties.containsKey(property);
        }
    }

    /** What a tab sends through. */
    public interface Wire {
        /** Sends a message, some time. */
        void send(String message);
    }

    private record Sent(long number, String type, ObjectNode message) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROOT = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Shown> elements = new LinkedHashMap<>();
    private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
    private final List<String> toasts = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final String page;
    private final String secret;
    private Consumer<JsonNode> onScript = call -> {};
    private Wire wire;
    private boolean greeted;
    private long frame;
    private long lastCommand;
    private long lastEvent;
    private boolean busy;
    private boolean acknowledges = true;
    private String gone = "";
    private String wentTo = "";
    private String broken = "";

    public Tab(String page, String secret) {
        this.page = page;
        this.secret = secret;
    }

    // Connections.

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

    public void disconnected(Wire from) {
        run(() -> {
            if (isMine(from)) {
                wire = null;
                greeted = false;
            }
        });
    }

    @SuppressWarnings("ReferenceEquality")
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
                wire.send("{\"ack\":" + frame + "}");
            }
        });
    }

    public void onScript(Consumer<JsonNode> runs) {
        onScript = runs;
    }

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
            require(!greeted, "a second answer to hello");
            greeted = true;
            long last = message.path(message.has("resumed") ? "resumed" : "snapshot")
                    .path("lastEvent")
                    .asLong();
            acknowledged(last);
            unacknowledged.forEach(this::transmit);
        } else if (message.has("gone")) {
            gone = message.path("gone").path("reason").asText();
        } else {
            require(greeted, "something before the answer to hello");
            acknowledged(message.path("ack").asLong());
            busy = message.path("busy").asBoolean();
            if (message.has("n")) {
                apply(message);
            }
        }
    }

    private static void require(boolean right, String wrong) {
        if (!right) {
            throw new IllegalStateException(wrong);
        }
    }

    private void acknowledged(long number) {
        require(number <= lastEvent, "acknowledges event " + number + " of " + lastEvent);
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().number() <= number) {
            unacknowledged.remove();
        }
    }

    private void apply(JsonNode message) {
        long base = message.path("base").asLong();
        require(base == frame || base == 0, "frame on " + base + ", but we have " + frame);
        boolean all = base == 0;
        Set<Integer> touched = new HashSet<>();
        message.path("state").forEach(entry -> create(entry.get(0).asInt(), entry.get(1)));
        message.path("state").forEach(entry -> {
            touched.add(entry.get(0).asInt());
            change(entry.get(0).asInt(), entry.get(1));
        });
        prune();
        require(!all || touched.containsAll(elements.keySet()), "a snapshot without some of the elements");
        frame = message.path("n").asLong();
        for (JsonNode command : message.path("commands")) {
            if (command.get(0).asLong() > lastCommand) {
                lastCommand = command.get(0).asLong();
                perform(command);
            }
        }
        if (acknowledges) {
            wire.send("{\"ack\":" + frame + "}");
        }
    }

    private void create(int id, JsonNode change) {
        if (change.has("#") && !elements.containsKey(id)) {
            elements.put(id, new Shown(id, change.path("#").asText()));
        }
        require(elements.containsKey(id), "a change of " + id + ", which is not there");
    }

    private void change(int id, JsonNode change) {
        Shown shown = elements.get(id);
        if (change.has("#")) {
            shown.properties
                    .keySet()
                    .removeIf(name -> !change.has(name) && !name.equals(".value") && !name.equals(".checked"));
        }
        for (Map.Entry<String, JsonNode> property : change.properties()) {
            set(shown, property.getKey(), property.getValue());
        }
    }

    private void set(Shown shown, String name, JsonNode value) {
        switch (name) {
            case "#" -> require(shown.tag.equals(value.asText()), "an element that changes its tag");
            case "*" -> {
                List<Integer> ids = new ArrayList<>();
                value.forEach(child -> ids.add(child.asInt()));
                shown.children.clear();
                adopt(shown, 0, ids);
            }
            case "+" -> splice(shown, value);
            case ".value", ".checked" -> {
                int edits = value.get(1).asInt();
                require(edits <= shown.edits, "an answer to edit " + edits + " of " + shown.edits);
                if (edits == shown.edits) {
                    shown.properties.put(name, value.get(0));
                }
            }
            default -> {
                if (value.isNull()) {
                    shown.properties.remove(name);
                } else {
                    shown.properties.put(name, value);
                }
            }
        }
    }

    private void splice(Shown shown, JsonNode value) {
        int at = value.get(0).asInt();
        int end = at + value.get(1).asInt();
        require(end <= shown.children.size(), "a splice beyond the end");
        shown.children.subList(at, end).clear();
        List<Integer> ids = new ArrayList<>();
        for (int index = 2; index < value.size(); index++) {
            ids.add(value.get(index).asInt());
        }
        adopt(shown, at, ids);
    }

    /** As in a document: what comes here is elsewhere no more. */
    private void adopt(Shown shown, int at, List<Integer> ids) {
        elements.values().forEach(other -> {
            if (other.id != shown.id) {
                other.children.removeAll(ids);
            }
        });
        shown.children.addAll(at, ids);
    }

    /** What is in no list any more is gone; what is in one must be there, once. */
    private void prune() {
        Set<Integer> seen = new HashSet<>();
        ArrayDeque<Integer> next = new ArrayDeque<>(List.of(ROOT));
        while (!next.isEmpty()) {
            int id = next.remove();
            require(seen.add(id), "element " + id + " is in two places");
            Shown shown = elements.get(id);
            require(shown != null, "element " + id + " is in a list, but was never told of");
            next.addAll(shown.children);
        }
        elements.keySet().retainAll(seen);
    }

    private void perform(JsonNode command) {
        String name = command.get(1).asText();
        commands.add(name);
        switch (name) {
            case "toast" -> toasts.add(command.get(2).asText());
            case "navigate" -> wentTo = command.get(2).asText();
            case "js" -> onScript.accept(command);
            default -> {}
        }
    }

    // What the user does.

    public void event(Shown on, String type, Map<String, Object> data) {
        run(() -> send(on.id, type, JSON.valueToTree(data)));
    }

    public void edit(Shown on, Object value) {
        run(() -> {
            on.edits++;
            on.properties.put(value instanceof Boolean ? ".checked" : ".value", JSON.valueToTree(value));
            send(on.id, "value", JSON.createObjectNode().put("edit", on.edits).set("value", JSON.valueToTree(value)));
        });
    }

    public void answer(long command, String name, Object value) {
        run(() -> send(
                0, "answer", JSON.createObjectNode().put("command", command).set(name, JSON.valueToTree(value))));
    }

    private void send(int id, String type, JsonNode data) {
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("type", type).set("data", data);
        Sent sent = new Sent(++lastEvent, type, message);
        unacknowledged.add(sent);
        if (greeted) {
            transmit(sent);
        }
    }

    private void transmit(Sent event) {
        wire.send(event.message()
                .deepCopy()
                .put("event", event.number())
                .put("frame", frame)
                .toString());
    }

    // What the user sees.

    /** Waits until that is so. */
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

    /** Those that can be seen, in the order of the document. */
    public List<Shown> visible() {
        return ask(() -> {
            List<Shown> all = new ArrayList<>();
            collect(ROOT, all);
            return all;
        });
    }

    private void collect(int id, List<Shown> all) {
        Shown shown = elements.get(id);
        boolean closed = shown == null || (shown.tag.equals("dialog") && !shown.has(".open"));
        if (!closed && !shown.has("hidden")) {
            all.add(shown);
            shown.children.forEach(child -> collect(child, all));
        }
    }

    public Optional<Shown> find(String text) {
        return ask(() -> {
            List<Shown> all = visible();
            for (Shown shown : all) {
                if (own(shown).equals(text) && !shown.tag.equals("option")) {
                    return shown.tag.equals("label")
                            ? Optional.ofNullable(elements.get(number(attribute(shown, "for"))))
                            : Optional.of(shown);
                }
            }
            return Optional.empty();
        });
    }

    private static int number(String domId) {
        return Integer.parseInt(domId.substring(1));
    }

    String option(Shown select, String name) {
        return ask(() -> select.children.stream()
                .map(elements::get)
                .filter(option -> own(option).equals(name))
                .map(option -> attribute(option, "value"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no option " + name + " in\n" + this)));
    }

    private static String own(Shown shown) {
        return shown.has(".text") ? shown.properties.get(".text").asText() : "";
    }

    /** Its tag. */
    public String tag(Shown shown) {
        return shown.tag;
    }

    public String text(Shown shown) {
        return ask(() -> shown.has(".value")
                ? shown.properties.get(".value").asText()
                : shown.has(".checked") ? shown.properties.get(".checked").asText() : own(shown));
    }

    public String attribute(Shown shown, String name) {
        return ask(() -> shown.has(name) ? shown.properties.get(name).asText() : "");
    }

    public boolean shows(String text) {
        return ask(() -> toasts.stream().anyMatch(toast -> toast.contains(text))
                || visible().stream()
                        .anyMatch(shown ->
                                text(shown).contains(text) || own(shown).contains(text)));
    }

    public boolean isLive() {
        return ask(() -> greeted);
    }

    public boolean isBusy() {
        return ask(() -> busy);
    }

    /** Whether the server has all events, and nothing runs. */
    public boolean isQuiet() {
        return ask(() -> greeted && unacknowledged.isEmpty() && !busy);
    }

    public String gone() {
        return ask(() -> gone);
    }

    public String wentTo() {
        return ask(() -> wentTo);
    }

    public String broken() {
        return ask(() -> broken);
    }

    public List<String> toasts() {
        return ask(() -> List.copyOf(toasts));
    }

    public List<String> commands() {
        return ask(() -> List.copyOf(commands));
    }

    public long frame() {
        return ask(() -> frame);
    }

    public int size() {
        return ask(elements::size);
    }

    @Override
    public String toString() {
        return ask(() -> {
            StringBuilder out = new StringBuilder();
            print(ROOT, 0, out);
            toasts.forEach(toast -> out.append("toast: ").append(toast).append('\n'));
            return out.toString();
        });
    }

    private void print(int id, int depth, StringBuilder out) {
        Shown shown = elements.get(id);
        if (shown == null) {
            return;
        }
        out.append("  ".repeat(depth)).append(shown.tag).append('#').append(id);
        new TreeMap<>(shown.properties)
                .forEach((name, value) ->
                        out.append(' ').append(name).append('=').append(value));
        out.append('\n');
        Objects.requireNonNull(shown.children).forEach(child -> print(child, depth + 1, out));
    }
}
