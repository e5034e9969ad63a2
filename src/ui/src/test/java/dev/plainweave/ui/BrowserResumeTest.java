package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Random changes by the server, random events in a real browser, a network that delays and resets: in the end the browser's
 * tree is the server's, and each event has reached its listener once. {@code -Dplainweave.browser.seed=} repeats a run,
 * {@code -Dplainweave.browser.cuts=} makes it longer.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrowserResumeTest extends BrowserCase {
    private static final int CUTS = Integer.getInteger("plainweave.browser.cuts", 200);
    private static final int CHANGES = 40 * CUTS;
    private static final int EVENTS = 10 * CUTS;
    private static final long SEED = Long.getLong("plainweave.browser.seed", new Random().nextInt(1 << 20));
    private static final Duration LONG = Duration.ofSeconds(60);

    private record Tick(int id, int number) {}

    private final List<Tick> ticks = new CopyOnWriteArrayList<>();
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final AtomicReference<LivePage> live = new AtomicReference<>();
    private final AtomicReference<RandomChanges> made = new AtomicReference<>();

    /** Clicks, ticks, types, dismisses; counts what the runtime takes. The first label is always there to be ticked. */
    private static final String USER = """
        const [seed, most, done] = arguments
        let state = seed + 1
        const random = below => {
          state = (state * 48271) % 2147483647
          return state % below
        }
        import(MODULE).then(({ inert }) => {
          window.target = []
          window.ticked = []
          window.clicked = {}
          let events = 0
          document.addEventListener('click', event => {
            const id = event.target.closest('button')?.id.slice(1)
            if (id && !inert()) clicked[id] = (clicked[id] ?? 0) + 1
          }, true)
          const act = () => {
            const all = document.querySelectorAll('main [data-on]')
            const element = random(4) ? all[random(all.length)] : document.getElementById('w2')
            if (inert()) return
            if (element.tagName === 'BUTTON') {
              element.click()
            } else if (element.tagName === 'DIALOG') {
              if (element.open) element.close()
            } else if (element.type === 'checkbox') {
              element.click()
            } else if (element.tagName === 'SELECT') {
              element.selectedIndex = random(element.options.length)
              element.dispatchEvent(new Event('input', { bubbles: true }))
            } else if ('value' in element) {
              element.value += ' x'[random(2)]
              element.dispatchEvent(new Event('input', { bubbles: true }))
            } else {
              if (element.id === 'w2') target.push(events)
              ticked.push([Number(element.id.slice(1)), events])
              element.dispatchEvent(new CustomEvent('tick', { detail: events }))
            }
            events++
          }
          window.finished = false
          const acting = setInterval(() => {
            if (events < most) act()
            else { clearInterval(acting); finished = true }
          }, 3)
          done()
        })
        """.replace("MODULE", SOCKET_MODULE);

    /** The document as {@code #tree} has it. */
    private static final String TREE = """
        const show = element => {
          const properties = {}
          for (const { name, value } of element.attributes) {
            if (!['id', 'style', 'open'].includes(name)) properties[name] = value
          }
          if (element.type === 'checkbox') properties['.checked'] = String(element.checked)
          else if ('value' in element && element.tagName.match(/INPUT|TEXTAREA|SELECT/)) properties['.value'] = element.value
          if (element.open && element.matches(':modal')) properties['.open'] = 'true'
          const plain = !element.children.length && !properties['.value'] && element.tagName !== 'TEXTAREA'
          if (plain && element.textContent) properties['.text'] = element.textContent
          const line = [element.tagName.toLowerCase() + '#' + element.id.slice(1),
            ...Object.keys(properties).sort().map(name => name + '=' + properties[name])].join(' ')
          return [line, ...[...element.children].flatMap(show).map(below => '  ' + below)]
        }
        return show(document.querySelector('main'))
        """;

    private void page(Page page) {
        live.set((LivePage) page);
        page.label("target").on("tick", EventPolicy.QUEUE, event -> tick(2, event), "detail");
        made.set(new RandomChanges(page, new Random(SEED)) {
            @Override
            void added(Element<?> element) {
                if (element instanceof Label label) {
                    label.on("tick", EventPolicy.QUEUE, event -> tick(label.node.id, event), "detail");
                } else if (element instanceof Button button) {
                    button.onClick(() -> heard.add(button.node.id));
                }
            }
        });
    }

    private void tick(int id, DomEvent event) {
        ticks.add(new Tick(id, (int) event.number("detail").orElseThrow()));
    }

    @Test
    void throughManyCutsTheTreeIsTheServersAndEachEventIsHeardOnce() throws Exception {
        System.out.println("seed " + SEED + ", " + CUTS + " cuts");
        Random random = new Random(SEED);
        through(this::page, (server, cutter) -> {
            browser.await(USER, SEED, EVENTS);
            RandomChanges changes = made.get();
            for (int cut = 0; cut < CUTS; cut++) {
                for (int change = 0; change < CHANGES / CUTS; change++) {
                    changes.change();
                    LockSupport.parkNanos(random.nextInt(1_500_000));
                }
                cutter.delay(random.nextInt(4) == 0 ? random.nextInt(20) : 0);
                await().atMost(PATIENCE).until(() -> random.nextInt(5) == 0 || connected());
                cutter.cut();
            }
            cutter.delay(0);
            await().atMost(LONG).until(() -> Boolean.TRUE.equals(browser.run("return finished")));
            await("seed " + SEED).atMost(LONG).untilAsserted(() -> assertEquals("", difference()));
            System.out.println(changes.made + " changes, " + browser.run("return ticked.length") + " ticks, "
                    + browser.run("return Object.values(clicked).reduce((a, b) => a + b, 0)") + " clicks, " + CUTS
                    + " cuts");
            eachIsHeardOnce(changes);
        });
    }

    private boolean connected() {
        return live.get().tree.locked(live.get().writer::isConnected);
    }

    private void eachIsHeardOnce(RandomChanges changes) {
        List<Tick> done = pairs(browser.run("return ticked"));
        List<Integer> order = ticks.stream().map(Tick::number).toList();
        assertEquals(order.stream().distinct().sorted().toList(), order, "each once, in order");
        List<Tick> missing = done.stream().filter(tick -> !ticks.contains(tick)).toList();
        assertEquals(
                List.of(),
                missing.stream()
                        .filter(tick -> !changes.unusable.contains(tick.id()))
                        .toList());
        assertTrue(done.containsAll(ticks), "none that nobody made");
        Map<Integer, Integer> clicks = new HashMap<>();
        heard.forEach(id -> clicks.merge(id, 1, Integer::sum));
        ((Map<?, ?>) browser.run("return clicked")).forEach((key, value) -> {
            int id = Integer.parseInt(String.valueOf(key));
            int count = ((Number) value).intValue();
            int arrived = clicks.getOrDefault(id, 0);
            assertTrue(
                    arrived == count || (arrived < count && changes.unusable.contains(id)),
                    "button " + id + " was clicked " + count + " times, and heard " + arrived);
        });
        assertTrue(done.size() > EVENTS / 4 && heard.size() > EVENTS / 200, "too little happened");
    }

    private static List<Tick> pairs(Object list) {
        return ((List<?>) list)
                .stream()
                        .map(pair -> (List<?>) pair)
                        .map(pair -> new Tick(((Number) pair.get(0)).intValue(), ((Number) pair.get(1)).intValue()))
                        .toList();
    }

    /** The lines that only one of them has. */
    private String difference() {
        List<String> theirs = ((List<?>) browser.run(TREE))
                .stream().map(line -> String.valueOf(line).stripTrailing()).toList();
        List<String> ours = new ArrayList<>();
        Tree tree = live.get().tree;
        tree.run(() -> print(tree.root, "", ours));
        if (ours.equals(theirs)) {
            return "";
        }
        return browser.state() + ", server: "
                + ours.stream().filter(line -> !theirs.contains(line)).limit(5).toList() + ", browser: "
                + theirs.stream().filter(line -> !ours.contains(line)).limit(5).toList();
    }

    private static void print(Node node, String indent, List<String> lines) {
        TreeMap<String, String> properties = new TreeMap<>();
        node.forEach(true, (name, value) -> {
            String text = value instanceof Node other ? other.domId() : String.valueOf(value);
            boolean nothing = text.isEmpty() && name.equals(Node.TEXT);
            if (!nothing && !(name.equals(Node.OPEN) && text.equals("false"))) {
                properties.put(name, text);
            }
        });
        StringBuilder line = new StringBuilder(indent + (node.id == 1 ? "main#1" : node.toString()));
        properties.forEach(
                (name, text) -> line.append(' ').append(name).append('=').append(text));
        lines.add(line.toString().stripTrailing());
        node.children().forEach(child -> print(child, indent + "  ", lines));
    }
}
