package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.Shown;
import dev.plainweave.ui.test.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes, events and cuts, over a network that delivers one message at a time, when it likes: in the end the browser
 * has the server's tree, and each event, and each command, has arrived once and in order. A failure names its seed. More:
 * {@code -Dplainweave.resume.seeds=1000}.
 */
@Execution(ExecutionMode.CONCURRENT)
class ResumeTest {
    private static final int STEPS = 12_000;

    private final Pages pages = new Pages(PageLimits.DEFAULT, (page, error, failure) -> {});
    private final LivePage page =
            pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), "visitor");
    private final Tab tab = new Tab(page.id, Pages.text(page.secret));
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final List<String> toasted = new ArrayList<>();
    private int sent;

    @AfterEach
    void close() {
        pages.close();
    }

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("plainweave.resume.seeds", 24));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBrowserEndsWithWhatTheServerHas(int seed) throws Exception {
        Random random = new Random(seed);
        Label target = page.label("target");
        target.on(
                "tick",
                EventPolicy.QUEUE,
                event -> heard.add((int) event.number("n").orElseThrow()),
                "n");
        RandomChanges changes = new RandomChanges(page, random);
        page.tree.run(page.writer::rendered);
        SlowNetwork network = new SlowNetwork(page, tab);
        for (int step = 0; step < STEPS; step++) {
            step(random, network, changes);
        }
        await("seed " + seed).until(network::drain);
        assertEquals(print(page.tree), tab.toString().replaceAll("toast: .*\n", ""), "seed " + seed);
        assertEquals(IntStream.range(0, sent).boxed().toList(), heard, "seed " + seed);
        assertEquals(toasted, tab.toasts(), "seed " + seed);
        assertTrue(network.cuts > 100 && changes.made > 5_000 && sent > 100, "too little happened");
    }

    private void step(Random random, SlowNetwork network, RandomChanges changes) throws Exception {
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> network.toTab();
            case 4, 5, 6, 7 -> network.toServer();
            case 8 -> page.writer.flush();
            case 9 -> tab.find("target").ifPresent(on -> tab.event(on, "tick", Map.of("n", sent++)));
            case 10 -> act(random);
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    network.cut(random);
                }
            }
            case 12 -> {
                if (toasted.size() - tab.toasts().size() < CommandLog.LIMIT) {
                    String text = "toast " + toasted.size();
                    toasted.add(text);
                    page.toast(text);
                }
            }
            default -> changes.change();
        }
    }

    /** What a user would do: type, tick, dismiss. */
    private void act(Random random) {
        List<Shown> all = tab.visible();
        if (all.isEmpty()) {
            return;
        }
        Shown shown = all.get(random.nextInt(all.size()));
        switch (tab.tag(shown)) {
            case "input", "textarea" -> {
                if (tab.attribute(shown, "type").equals("checkbox")) {
                    tab.edit(shown, random.nextBoolean());
                } else {
                    tab.edit(shown, "typed " + random.nextInt(100) + (random.nextBoolean() ? " " : ""));
                }
            }
            case "dialog" -> tab.event(shown, "close", Map.of());
            default -> {}
        }
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
