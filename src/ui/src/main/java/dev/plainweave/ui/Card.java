package dev.plainweave.ui;

/** A box with a border. */
public final class Card extends Box<Card> {
    private final Node body = new Node("div");

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
}
