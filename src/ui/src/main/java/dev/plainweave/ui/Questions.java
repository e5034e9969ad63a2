package dev.plainweave.ui;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The questions that a page can ask in one call, made of what everybody can use. */
final class Questions {
    private Questions() {}

    /** Says it to those who do not see it. */
    private static void name(Dialog<?> dialog, Node text) {
        dialog.set(dialog.node, "aria-labelledby", text);
    }

    static boolean confirm(Page page, String question) {
        Dialog<Boolean> dialog = page.dialog();
        try {
            name(dialog, dialog.paragraph(question).node);
            dialog.row(buttons -> {
                buttons.button("No").secondary().onClick(() -> dialog.close(false));
                buttons.button("Yes").onClick(() -> dialog.close(true));
            });
            return dialog.await().orElse(false);
        } finally {
            dialog.remove();
        }
    }

    static Optional<String> prompt(Page page, String question) {
        Dialog<String> dialog = page.dialog();
        try {
            Input answer = dialog.input(question);
            name(dialog, answer.node.children().getFirst());
            answer.onEnter(() -> dialog.close(answer.value()));
            dialog.row(buttons -> {
                buttons.button("Cancel").secondary().onClick(dialog::cancel);
                buttons.button("OK").onClick(() -> dialog.close(answer.value()));
            });
            return dialog.await();
        } finally {
            dialog.remove();
        }
    }

    static <T> Optional<T> choose(Page page, String question, List<T> options, Function<? super T, String> label) {
        Dialog<T> dialog = page.dialog();
        try {
            name(dialog, dialog.paragraph(question).node);
            Column column = dialog.column();
            for (T option : options) {
                column.button(label.apply(option)).secondary().onClick(() -> dialog.close(option));
            }
            dialog.row(buttons -> buttons.button("Cancel").secondary().onClick(dialog::cancel));
            return dialog.await();
        } finally {
            dialog.remove();
        }
    }
}
