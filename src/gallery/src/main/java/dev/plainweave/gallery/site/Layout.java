package dev.plainweave.gallery.site;

import java.util.stream.Collectors;

/** What all pages have in common: head, navigation, and a foot that says which policy the server runs on. */
final class Layout {
    private final String policy;
    private final String java;

    Layout(String policy, String java) {
        this.policy = policy;
        this.java = java;
    }

    String page(Page page) {
        String main = Resources.text(page.name() + ".html");
        return fill(page.path(), page.name(), page.title(), page.description(), main)
                .replace("{{script}}", script(page.name()))
                .replace("{{sources}}", "<span>The handler behind this page</span> " + links(page));
    }

    /** A page that shows source text. */
    String source(Page page, String file) {
        String tabs = page.sources().stream()
                .map(other -> "<a href=\"/source/%s\"%s>%s</a>"
                        .formatted(other, other.equals(file) ? " aria-current=\"page\"" : "", simple(other)))
                .collect(Collectors.joining("\n"));
        String main = Resources.text("source.html")
                .replace("{{tabs}}", tabs)
                .replace("{{back}}", page.path())
                .replace("{{file}}", simple(file))
                .replace("{{text}}", escape(Resources.text("source/dev/plainweave/gallery/" + file)));
        return fill("", "source", simple(file) + " · Plainweave", "The source text of " + simple(file) + ".", main)
                .replace("{{script}}", script("source"))
                .replace("{{sources}}", "");
    }

    private String fill(String path, String name, String title, String description, String main) {
        return Resources.text("layout.html")
                .replace("<a href=\"" + path + "\">", "<a href=\"" + path + "\" aria-current=\"page\">")
                .replace("{{name}}", name)
                .replace("{{style}}", name.equals("home") || name.equals("chat") ? name : "live")
                .replace("{{title}}", title)
                .replace("{{description}}", description)
                .replace("{{main}}", main)
                .replace("{{policy}}", policy)
                .replace("{{other}}", policy.equals("blocking") ? "selector" : "blocking")
                .replace("{{java}}", escape(java));
    }

    private static String script(String name) {
        return "<script type=\"module\" src=\"/" + name + ".js\"></script>";
    }

    private static String links(Page page) {
        return page.sources().stream()
                .map(file -> "<a href=\"/source/%s\">%s</a>".formatted(file, simple(file)))
                .collect(Collectors.joining(" "));
    }

    private static String simple(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
