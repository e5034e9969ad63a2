package dev.plainweave.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Changes of a page that nobody would think of, always the same for a seed: made by one thread. */
class RandomChanges {
    private static final int MOST = 120;
    private static final int MOST_DIALOGS = 3;

    /** What could not be operated at some time, since it was removed, hidden, disabled, or in a closed dialog. */
    final Set<Integer> unusable = ConcurrentHashMap.newKeySet();

    int made;

    private final Page page;
    private final Random random;
    private final Column root;
    private final List<Element<?>> elements = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<Dialog<?>> dialogs = new ArrayList<>();

    RandomChanges(Page page, Random random) {
        this.page = page;
        this.random = random;
        root = page.column();
        columns.add(root);
        elements.add(root);
    }

    /** Told of each that is new. */
    void added(Element<?> element) {}

    /** Changes something, or, now and then, two things at once. */
    void change() {
        if (random.nextInt(12) == 0) {
            page.atomically(() -> {
                one();
                one();
            });
        } else {
            one();
        }
    }

    private void one() {
        made++;
        Element<?> element = elements.get(random.nextInt(elements.size()));
        switch (random.nextInt(15)) {
            case 0, 1, 2 -> add();
            case 3 -> {
                if (element != root) {
                    remove(element);
                }
            }
            case 4 -> text(element);
            case 5 -> element.visible(element == root || random.nextBoolean());
            case 6 -> element.enabled(element == root || random.nextBoolean());
            case 7 -> element.classes("c" + random.nextInt(5));
            case 8 -> element.removeClasses("c" + random.nextInt(5));
            case 9 -> element.attribute("title", "title <" + random.nextInt(5) + "> & \"ü😀\"");
            case 10 -> element.style(random.nextBoolean() ? "color: rgb(" + random.nextInt(255) + ", 0, 0)" : "");
            case 11 -> value(element);
            case 12 -> move(element);
            case 13 -> turnInsideOut();
            default -> dialog();
        }
        note(element.node);
    }

    private void text(Element<?> element) {
        if (element instanceof Label label) {
            label.text("text " + random.nextInt(100));
        } else if (element instanceof Button button) {
            button.text("button " + random.nextInt(100));
        }
    }

    private void value(Element<?> element) {
        switch (element) {
            case TextField<?> field -> field.value("set " + random.nextInt(100));
            case Checkbox box -> box.value(random.nextBoolean());
            case Select<?> select -> choose(select);
            default -> text(element);
        }
    }

    @SuppressWarnings("unchecked") // all are made below
    private void choose(Select<?> select) {
        ((Select<String>) select).value(Optional.of(List.of("red", "green").get(random.nextInt(2))));
    }

    private void add() {
        if (elements.size() > MOST) {
            return;
        }
        Column column = columns.get(random.nextInt(columns.size()));
        Element<?> made = make(column);
        elements.add(made);
        added(made);
        note(made.node);
    }

    private Element<?> make(Column column) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> {
                Column nested = column.column();
                columns.add(nested);
                yield nested;
            }
            case 2 -> column.input("input").normalize(String::strip);
            case 3 -> column.textArea("text area");
            case 4 -> column.checkbox("box");
            case 5 -> column.select("select", List.of("red", "green"));
            case 6 -> column.button("button");
            default -> column.label("label");
        };
    }

    private void move(Element<?> element) {
        Column to = columns.get(random.nextInt(columns.size()));
        if (element != root && !isIn(to.node, element.node)) {
            element.moveTo(to, random.nextInt(4));
        }
    }

    /** What was in another is around it now. */
    private void turnInsideOut() {
        Column inner = columns.get(random.nextInt(columns.size()));
        Column to = columns.get(random.nextInt(columns.size()));
        Node outer = inner.node.parent;
        if (outer != null && outer != root.node && !isIn(to.node, outer)) {
            columns.stream().filter(column -> column.node == outer).findFirst().ifPresent(column -> {
                inner.moveTo(to, random.nextInt(4));
                column.moveTo(inner, 0);
            });
        }
    }

    private static boolean isIn(Node node, Node outer) {
        return node == outer || (node.parent != null && isIn(node.parent, outer));
    }

    private void dialog() {
        if (dialogs.size() < MOST_DIALOGS) {
            Dialog<?> dialog = page.dialog();
            dialogs.add(dialog);
            Label label = dialog.label("in a dialog");
            elements.add(label);
            added(label);
            note(dialog.node);
        } else {
            int which = random.nextInt(dialogs.size());
            switch (random.nextInt(4)) {
                case 0, 1 -> dialogs.get(which).open();
                case 2 -> dialogs.get(which).cancel();
                default -> {
                    Dialog<?> dialog = dialogs.remove(which);
                    mark(dialog.node);
                    dialog.remove();
                    forget();
                }
            }
        }
    }

    private void remove(Element<?> element) {
        mark(element.node);
        element.remove();
        forget();
    }

    private void forget() {
        elements.removeIf(each -> each.node.tree == null);
        columns.removeIf(each -> each.node.tree == null);
    }

    private void note(Node node) {
        if (!node.isUsable()) {
            mark(node);
        }
    }

    private void mark(Node node) {
        unusable.add(node.id);
        node.children().forEach(this::mark);
    }
}
