package dev.plainweave.ui;

/** A picture. */
public final class Image extends Element<Image> {
    Image(String source, String description) {
        super("img");
        node.put("src", Urls.checked(source));
        node.put("alt", description);
        node.put("class", "img-fluid");
    }

    /** Shows another picture. */
    public Image source(String source) {
        set(node, "src", Urls.checked(source));
        return this;
    }
}
