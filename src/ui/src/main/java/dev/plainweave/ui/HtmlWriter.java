package dev.plainweave.ui;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes nodes as HTML, for the first page: all that can be read before any script runs. Under the lock of the tree. */
final class HtmlWriter {
    private static final Set<String> VOID = Set.of("img", "input", "hr", "br");

    private final StringBuilder out;

    HtmlWriter(StringBuilder out) {
        this.out = out;
    }

    void write(Node node, String tag) {
        write(node, tag, null);
    }

    private void write(Node node, String tag, @Nullable Object chosen) {
        out.append('<').append(tag);
        if (node.get(Node.ID) == null) {
            attribute(Node.ID, node.domId());
        }
        node.forEach(true, (name, value) -> attribute(node, tag, name, value));
        if (node.get(Node.MODULE) != null) {
            own(node);
        }
        boolean option = tag.equals("option");
        if (option || "radio".equals(node.get("type"))) {
            Object key = node.get("value");
            if (chosen instanceof List<?> some ? some.contains(key) : Objects.equals(key, chosen)) {
                out.append(option ? " selected" : " checked");
            }
        }
        out.append('>');
        if (VOID.contains(tag)) {
            return;
        }
        Object icon = node.get(Node.ICON);
        if (icon != null) {
            raw("<svg class=\"pw-svg\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">" + icon + "</svg>");
        }
        Object text = node.get(tag.equals("textarea") ? Node.VALUE : Node.TEXT);
        if (text != null) {
            if (tag.equals("textarea")) {
                out.append('\n'); // the parser drops one
            }
            escape(String.valueOf(text));
        }
        for (Node child : node.children()) {
            Object own = node.get(Node.VALUE);
            write(child, child.tag, own == null ? chosen : own);
        }
        out.append("</").append(tag).append('>');
    }

    private void attribute(Node node, String tag, String name, @Nullable Object value) {
        if (name.equals(Node.VALUE) && tag.equals("input")) {
            attribute("value", value);
        } else if (name.equals(Node.CHECKED)) {
            if (Boolean.TRUE.equals(value)) {
                out.append(" checked");
            } else if (Node.MIXED.equals(value)) {
                out.append(" data-mixed=\"\""); // which a script only can show
            }
        } else if (name.equals(Node.OPEN)) {
            out.append(" data-open=\"\""); // above the page it can be put by a script only
        } else if (!name.startsWith(".") && !name.startsWith(Node.OWN)) {
            attribute(name, value instanceof Node other ? other.domId() : node.outside(name, value));
        }
    }

    /** What its module is told. */
    private void own(Node node) {
        StringBuilder json = new StringBuilder("{");
        node.forEach(true, (name, value) -> {
            if (name.startsWith(Node.OWN) && value instanceof Json own) {
                json.append(json.length() > 1 ? "," : "").append('"').append(name);
                json.append("\":").append(own.text());
            }
        });
        attribute("data-properties", json.append('}'));
    }

    private void attribute(String name, @Nullable Object value) {
        out.append(' ').append(name).append("=\"");
        escape(String.valueOf(value));
        out.append('"');
    }

    /** Writes text so that it is text, in content and in quoted attributes. */
    HtmlWriter escape(String text) {
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            switch (next) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(next);
            }
        }
        return this;
    }

    /** Writes what is HTML already. */
    HtmlWriter raw(String markup) {
        out.append(markup);
        return this;
    }
}
