package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.List;

/** Questions are methods that return the answer, and wait for it. */
public final class QuestionsExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", QuestionsExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var answers = page.log();
        page.row(row -> {
            row.button("Yes or no?").onClick(() -> answers.push(page.confirm("Cut the thread?") ? "cut" : "kept"));
            row.button("Which word?")
                    .onClick(() ->
                            answers.push(page.prompt("What do you call it?").orElse("(no answer)")));
            row.button("Which of these?")
                    .onClick(() -> answers.push(page.choose("Which fibre?", List.of("Cotton", "Linen", "Wool"))
                            .orElse("(none)")));
        });
    }
}
