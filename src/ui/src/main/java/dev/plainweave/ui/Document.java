package dev.plainweave.ui;

import java.util.Objects;

/** The document around a page's elements. */
final class Document {
    private final LivePage page;
    private final String base;
    private final String assets;
    private final HeadFiles head;

    Document(LivePage page, String base, String assets, HeadFiles head) {
        this.page = page;
        this.base = base;
        this.assets = assets;
        this.head = head;
    }

    /** The page as it is now, as the first frame. */
    String html() {
        StringBuilder out = new StringBuilder(2048);
        HtmlWriter html = new HtmlWriter(out);
        page.tree.lock.lock();
        try {
            Node root = page.tree.root;
            long frame = page.writer.rendered();
            out.append("<!doctype html>\n<html lang=\"");
            html.escape(Objects.toString(root.get(Node.LANGUAGE), head.language()));
            out.append("\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
            html.escape(Objects.toString(root.get("data-title"), "Plainweave"));
            out.append("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
            out.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
            if (!head.hasIcon()) {
                html.raw("<link rel=\"icon\" href=\"data:,\">\n");
            }
            script(html, "theme.js", "");
            link(html, "stylesheet", Assets.BOOTSTRAP + "/dist/css/bootstrap.min.css");
            link(html, "stylesheet", assets + "/plainweave.css");
            head.forEach((relation, path) -> link(html, relation, path));
            Assets.MODULES.forEach(module -> link(html, "modulepreload", assets + "/" + module));
            script(html, "plainweave.js", " type=\"module\"");
            out.append("</head>\n<body data-page=\"").append(page.id);
            out.append("\" data-secret=\"").append(Pages.text(page.secret));
            out.append("\" data-frame=\"").append(frame).append("\" data-base=\"");
            html.escape(base);
            out.append("\">\n");
            html.write(root, "main");
            out.append("\n</body>\n</html>\n");
        } finally {
            page.tree.lock.unlock();
        }
        return out.toString();
    }

    private void link(HtmlWriter html, String relation, String path) {
        html.raw("<link rel=\"" + relation + "\" href=\"").escape(base + path).raw("\">\n");
    }

    private void script(HtmlWriter html, String name, String type) {
        html.raw("<script" + type + " src=\"")
                .escape(base + assets + "/" + name)
                .raw("\"></script>\n");
    }
}
