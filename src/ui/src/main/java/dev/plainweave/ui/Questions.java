package dev.plainweave.ui;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The questions that a page can ask in one call, made of what everybody can use. */
final class Questions {
    private Questions() {}

    static boolean confirm(Page page, String question, String yes, String no) {
        Dialog<Boolean> dialog = page.dialog();
        try {
            dialog.asks(dialog.paragraph(question));
            dialog.row(buttons -> {
                buttons.button(no).secondary().onClick(() -> dialog.close(false));
                buttons.button(yes).onClick(() -> dialog.close(true));
            });
            return dialog.await().orElse(false);
        } finally {
            dialog.remove();
        }
    }

    static Optional<String> prompt(Page page, String question, String initial) {
        Dialog<String> dialog = page.dialog();
        try {
            Input answer = dialog.input(question).value(initial);
            dialog.set(dialog.node, "aria-labelledby", answer.node.children().getFirst());
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
            dialog.asks(dialog.paragraph(question));
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
