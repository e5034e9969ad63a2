package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.ui.test.Shown;
import dev.plainweave.ui.test.Tab;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes, events and cuts, over a network that delivers one message at a time, when it likes: in the end the browser
 * has the server's tree, and each event, and each command, has arrived once and in order. A failure names its seed.
 */
@Execution(ExecutionMode.CONCURRENT)
class ResumeTest {
    private static final int STEPS = 4_000;

    private final Pages pages = new Pages(PageLimits.DEFAULT, (page, error, failure) -> {});
    private final LivePage page =
            pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), "visitor");
    private final Tab tab = new Tab(page.id, Pages.text(page.secret));
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final List<String> toasted = new ArrayList<>();
    private final List<Element<?>> elements = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<Field<String, ?>> fields = new ArrayList<>();
    private Network network;
    private int sent;
    private int cuts;

    /** One connection, with what is on its way. */
    private final class Network implements Wire, Tab.Wire {
        final Queue<String> toTab = new ConcurrentLinkedQueue<>();
        final Queue<String> toServer = new ArrayDeque<>();
        boolean greeted;

        @Override
        public void send(String message) {
            if (StackWalker.getInstance()
                    .walk(stack -> stack.anyMatch(frame -> frame.getClassName().equals(Tab.class.getName())))) {
                toServer.add(message);
            } else {
                toTab.add(message);
            }
        }

        @Override
        public void close(int code, String reason) {
            toServer.clear();
        }

        boolean deliverToTab() {
            String message = toTab.poll();
            if (message != null) {
                tab.receive(this, message);
                assertEquals("", tab.broken());
            }
            return message != null;
        }

        boolean deliverToServer() throws InterruptedException {
            String message = toServer.poll();
            if (message == null) {
                return false;
            }
            JsonNode read = Incoming.read(message);
            if (greeted) {
                page.inbox().receive(this, read);
            } else {
                greeted = true;
                assertTrue(page.inbox().connect(this, Incoming.hello(read)));
            }
            return true;
        }
    }

    @AfterEach
    void close() {
        pages.close();
    }

    static IntStream seeds() {
        return IntStream.range(0, 24);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBrowserEndsWithWhatTheServerHas(int seed) throws Exception {
        Random random = new Random(seed);
        Column root = page.column();
        columns.add(root);
        elements.add(root);
        Label target = root.label("target");
        target.on(
                "tick",
                EventPolicy.QUEUE,
                event -> heard.add((int) event.number("n").orElseThrow()),
                "n");
        page.tree.run(page.writer::rendered);
        connect();
        for (int step = 0; step < STEPS; step++) {
            step(random, target);
        }
        drain();
        assertEquals(print(page.tree), tab.toString().replaceAll("toast: .*\n", ""), "seed " + seed);
        assertEquals(IntStream.range(0, sent).boxed().toList(), heard, "seed " + seed);
        assertEquals(toasted, tab.toasts(), "seed " + seed);
        assertTrue(cuts > 20, "only " + cuts + " cuts");
    }

    private void connect() {
        network = new Network();
        tab.connect(network);
    }

    private void step(Random random, Label target) throws Exception {
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> network.deliverToTab();
            case 4, 5, 6, 7 -> network.deliverToServer();
            case 8 -> page.writer.flush();
            case 9 -> tick(target);
            case 10 -> type(random);
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    cut(random);
                }
            }
            case 12 -> {
                if (toasted.size() - tab.toasts().size() < CommandLog.LIMIT) {
                    String text = "toast " + toasted.size();
                    toasted.add(text);
                    page.toast(text);
                }
            }
            case 13 ->
                page.atomically(() -> {
                    change(random);
                    change(random);
                });
            default -> change(random);
        }
    }

    private void tick(Label target) {
        Optional<Shown> shown = tab.find("target");
        assertTrue(tab.size() == 0 || shown.isPresent() || target.node.tree != null);
        shown.ifPresent(on -> tab.event(on, "tick", Map.of("n", sent++)));
    }

    private void type(Random random) {
        List<Shown> inputs = tab.visible().stream()
                .filter(shown -> tab.tag(shown).equals("input"))
                .toList();
        if (!inputs.isEmpty()) {
            tab.edit(
                    inputs.get(random.nextInt(inputs.size())),
                    "typed " + random.nextInt(100) + (random.nextBoolean() ? " " : ""));
        }
    }

    /** The server may learn of it before the browser comes back, or only by that. */
    private void cut(Random random) {
        cuts++;
        Network old = network;
        tab.disconnected(old);
        if (random.nextBoolean()) {
            page.inbox().disconnected(old);
        }
        if (random.nextInt(8) == 0) {
            tab.forget();
        }
        connect();
        if (random.nextBoolean()) {
            page.inbox().disconnected(old);
        }
    }

    private void change(Random random) {
        Element<?> element = elements.get(random.nextInt(elements.size()));
        switch (random.nextInt(9)) {
            case 0, 1 -> add(random);
            case 2 -> {
                if (element != columns.getFirst()) {
                    remove(element);
                }
            }
            case 3 -> {
                if (element instanceof Label label) {
                    label.text("text " + random.nextInt(100));
                }
            }
            case 4 -> element.visible(element == columns.getFirst() || random.nextBoolean());
            case 5 -> element.classes("c" + random.nextInt(5));
            case 6 -> element.removeClasses("c" + random.nextInt(5));
            case 7 -> {
                if (!fields.isEmpty()) {
                    fields.get(random.nextInt(fields.size())).value("set " + random.nextInt(100));
                }
            }
            default -> {
                Column to = columns.get(random.nextInt(columns.size()));
                if (element != columns.getFirst() && !isIn(to.node, element.node)) {
                    element.moveTo(to, random.nextInt(4));
                }
            }
        }
    }

    private static boolean isIn(Node node, Node outer) {
        return node == outer || (node.parent != null && isIn(node.parent, outer));
    }

    private void add(Random random) {
        if (elements.size() > 150) {
            return;
        }
        Column column = columns.get(random.nextInt(columns.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                Column nested = column.column();
                columns.add(nested);
                elements.add(nested);
            }
            case 1 -> {
                Input input = column.input("input").normalize(String::strip);
                fields.add(input);
                elements.add(input);
            }
            default -> elements.add(column.label("label"));
        }
    }

    private void remove(Element<?> element) {
        element.remove();
        elements.removeIf(each -> each.node.tree == null);
        columns.removeIf(each -> each.node.tree == null);
        fields.removeIf(each -> each.node.tree == null);
    }

    private void drain() {
        await().until(() -> {
            page.writer.flush();
            boolean moved = false;
            while (network.deliverToServer() || network.deliverToTab()) {
                moved = true;
            }
            return !moved && tab.isQuiet() && !page.tree.locked(page.tree::hasChanges);
        });
    }

    /** As {@link Tab#toString} has it. */
    private static String print(Tree tree) {
        StringBuilder out = new StringBuilder();
        tree.run(() -> print(tree.root, 0, out));
        return out.toString();
    }

    private static void print(Node node, int depth, StringBuilder out) {
        out.append("  ".repeat(depth)).append(node);
        TreeMap<String, Object> properties = new TreeMap<>();
        node.forEach(true, (name, value) -> properties.put(name, value instanceof Node other ? other.domId() : value));
        properties.forEach((name, value) -> out.append(' ')
                .append(name)
                .append('=')
                .append(FrameEncoder.JSON.valueToTree(value).toString()));
        out.append('\n');
        node.children().forEach(child -> print(child, depth + 1, out));
    }
}
