package dev.plainweave.ui;

/** A link. */
public final class Link extends TextElement<Link> {
    Link(String text, String url) {
        super("a", text);
        node.put("href", Urls.checked(url));
    }

    /**
     * Leads to another address: relative, or http, https, mailto, tel.
     *
     * @throws IllegalArgumentException for any other, and for one with control characters
     */
    public Link url(String url) {
        set(node, "href", Urls.checked(url));
        return this;
    }

    /** Opens in another tab, which knows nothing of this one. */
    public Link newTab() {
        set(node, "target", "_blank");
        set(node, "rel", "noopener noreferrer");
        return this;
    }

    /**
     * What it leads to is kept as a file, not shown.
     *
     * @param fileName what the file is called; empty for what the server calls it
     * @throws IllegalArgumentException for a name with control characters
     */
    public Link download(String fileName) {
        set(node, "download", Urls.plain("the name of a download", fileName));
        return this;
    }

    /** Looks like a button. */
    public Link asButton() {
        return classes("btn btn-primary");
    }
}
