package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.Tab;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rule of editable values, with typing, answers, the program's own changes and cuts in any order: no character is lost
 * or changes places, and in the end browser, server and program have the same. A failure names its seed; more:
 * {@code -Dplainweave.typing.seeds=1000}.
 */
@Execution(ExecutionMode.CONCURRENT)
class TypingTest {
    private static final int STEPS = 2_000;
    private static final String LETTERS = "abc äß にほ 1234";

    private final Pages pages = new Pages(PageLimits.DEFAULT, (page, error, failure) -> {});
    private final LivePage page =
            pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), "visitor");
    private final Tab tab = new Tab(page.id, Pages.text(page.secret));
    private final Input input = page.input("Name");
    private int edits;

    @AfterEach
    void close() {
        pages.close();
    }

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("plainweave.typing.seeds", 50));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noCharacterIsLostWhateverTheServerMakesOfIt(int seed) throws Exception {
        Random random = new Random(seed);
        input.normalize(TypingTest::shout);
        StringBuilder typed = new StringBuilder();
        SlowNetwork network = start();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(8) == 0) {
                char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
                typed.append(letter);
                type(letter);
            } else {
                network(random, network);
            }
        }
        await("seed " + seed).until(network::drain);
        assertEquals(shout(typed.toString()), shown(), "seed " + seed);
        assertEquals(shown(), input.value(), "seed " + seed);
        assertTrue(network.cuts > 20 && typed.length() > 100, "too little happened");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoeverChangesItLastAllHaveTheSame(int seed) throws Exception {
        Random random = new Random(seed);
        input.normalize(TypingTest::shout);
        SlowNetwork network = start();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(10)) {
                case 0 -> type(LETTERS.charAt(random.nextInt(LETTERS.length())));
                case 1 -> input.value("SET " + random.nextInt(100));
                case 2 -> input.enabled(random.nextInt(4) > 0);
                default -> network(random, network);
            }
        }
        await("seed " + seed).until(network::drain);
        assertEquals(shown(), input.input.get(Node.VALUE), "seed " + seed);
        assertEquals(input.value(), shown(), "seed " + seed);
        type('!');
        await("seed " + seed).until(network::drain);
        assertEquals(input.value(), shown(), "seed " + seed);
        assertEquals(edits, input.input.edits, "seed " + seed);
    }

    private SlowNetwork start() throws Exception {
        page.tree.run(page.writer::rendered);
        SlowNetwork network = new SlowNetwork(page, tab);
        await().until(network::drain);
        return network;
    }

    private void network(Random random, SlowNetwork network) throws Exception {
        switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> network.toTab();
            case 4, 5, 6, 7 -> network.toServer();
            default -> {
                if (random.nextInt(4) == 0) {
                    network.cut(random);
                } else {
                    page.writer.flush();
                }
            }
        }
    }

    /** At the end of what is shown just now. */
    private void type(char letter) {
        edits++;
        tab.edit(tab.find("Name").orElseThrow(), shown() + letter);
    }

    private String shown() {
        return tab.text(tab.find("Name").orElseThrow());
    }

    /** Character by character, so that what is typed after an answer and before it comes to the same. */
    private static String shout(String text) {
        return text.replace(" ", "").replace("ß", "ẞ").toUpperCase(Locale.ROOT);
    }
}
