package dev.plainweave.ui;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of text to type. */
public final class Input extends TextField<Input> {
    private static final Set<String> TYPES = Set.of("text", "email", "url", "tel", "search", "password");

    private @Nullable Node suggestions;

    Input(String label) {
        super("input", label);
        input.put("type", "text");
    }

    /** What Enter does. */
    public Input onEnter(Action action) {
        subscribe(input, "enter", EventPolicy.QUEUE, event -> action.run());
        return this;
    }

    /**
     * What kind of text it is, for keyboards of phones and for what browsers fill in.
     *
     * @param type {@code text}, {@code email}, {@code url}, {@code tel}, {@code search} or {@code password}
     */
    public Input type(String type) {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("a line of text is one of " + TYPES + ", was '" + type + "'");
        }
        set(input, "type", type);
        if (type.equals("password")) {
            set(input, "data-private", ""); // and stays so when it is revealed
        }
        return this;
    }

    /** An address for mail. Only the keyboard is meant; what is typed is checked by {@link #validate}. */
    public Input email() {
        return type("email").autocomplete("email");
    }

    /** An address of the web. */
    public Input url() {
        return type("url").autocomplete("url");
    }

    /** A number to call. */
    public Input tel() {
        return type("tel").autocomplete("tel");
    }

    /** Something to look for. */
    public Input search() {
        return type("search");
    }

    /** Hides what is typed. */
    public Input password() {
        return type("password");
    }

    /** Hides what is typed, and has a button that shows it, and hides it again. */
    public Input passwordWithReveal() {
        Button eye = behind(new Button("")).icon("eye").accessibleName("Show the password");
        eye.attribute("aria-pressed", "false").onClick(() -> {
            boolean hidden = read(() -> "password".equals(input.get("type")));
            type(hidden ? "text" : "password");
            eye.icon(hidden ? "eye-slash" : "eye").attribute("aria-pressed", Boolean.toString(hidden));
        });
        return password();
    }

    /** Has a button that empties it, as if the user had. */
    public Input clearable() {
        behind(new Button("")).icon("x-lg").accessibleName("Clear").onClick(() -> {
            operated("");
            focus();
        });
        return this;
    }

    /** Has a short text before it, in the same box: {@code https://}. */
    public Input prefix(String text) {
        change(() -> group().place(0, addition(text)));
        return this;
    }

    /** Has a short text behind it, in the same box: {@code kg}. */
    public Input suffix(String text) {
        change(() -> group().place(group().children().size(), addition(text)));
        return this;
    }

    /** Has an icon before it, in the same box. */
    public Input icon(String name) {
        Node icon = addition("");
        icon.put(Node.ICON, Icons.inside(name));
        change(() -> group().place(0, icon));
        return this;
    }

    private static Node addition(String text) {
        Node part = new Node("span");
        part.put("class", "input-group-text");
        part.put(Node.TEXT, text);
        return part;
    }

    private Button behind(Button button) {
        Node group = read(this::group);
        return place(group, Integer.MAX_VALUE, button).look(Button.Look.SECONDARY);
    }

    /** What is around the line and what stands beside it. */
    private Node group() {
        Node around = input.parent;
        if (around != null && around != node) {
            return around;
        }
        Node group = new Node("div");
        group.put("class", "input-group");
        node.place(node.children().indexOf(input), group);
        Tree tree = input.tree;
        if (tree == null) {
            node.take(input);
            group.insert(0, input);
        } else {
            tree.move(input, group, 0);
        }
        return group;
    }

    /** What the browser offers while one types. Anything else may be typed too. */
    public Input suggestions(List<String> texts) {
        List<String> copy = List.copyOf(texts);
        change(() -> {
            Node list = suggestions;
            if (list == null) {
                list = new Node("datalist");
                suggestions = list;
                node.place(node.children().size(), list);
                set(input, "list", list);
            }
            Options.fill(list, copy);
        });
        return this;
    }
}
