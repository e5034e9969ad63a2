package dev.plainweave.ui;

import org.jspecify.annotations.Nullable;

/** A box with a border, perhaps with a header above and a footer below what is in it. */
public final class Card extends Box<Card> {
    private final Node body = new Node("div");
    private @Nullable Row header;
    private @Nullable Row footer;

    Card() {
        super("div");
        node.put("class", "card");
        body.put("class", "card-body pw-column");
        node.insert(0, body);
    }

    @Override
    Node content() {
        return body;
    }

    /** What is above the line. It appears when this is first called, with the card in a page. */
    public Row header() {
        change(() -> {
            if (header == null) {
                header = place(node, 0, new Row()).classes("card-header");
            }
        });
        return java.util.Objects.requireNonNull(header);
    }

    /** Has that as its header, and nothing else. */
    public Card title(String text) {
        change(() -> {
            Row row = header();
            row.clear();
            row.label(text).classes("fw-semibold");
        });
        return this;
    }

    /** What is below the line. It appears when this is first called, with the card in a page. */
    public Row footer() {
        change(() -> {
            if (footer == null) {
                footer = place(node, node.children().size(), new Row()).classes("card-footer");
            }
        });
        return java.util.Objects.requireNonNull(footer);
    }
}
