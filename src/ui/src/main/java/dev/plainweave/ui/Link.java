package dev.plainweave.ui;

/** A link. */
public final class Link extends Element<Link> {
    Link(String text, String url) {
        super("a");
        node.put("href", Urls.checked(url));
        node.put(Node.TEXT, text);
    }

    /** Shows another text. */
    public Link text(String text) {
        set(node, Node.TEXT, text);
        return this;
    }

    /** Leads to another address: relative, or http, https, mailto, tel. */
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
}
