package dev.plainweave.gallery.site;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.PageFunction;
import dev.plainweave.ui.Theme;
import java.util.List;
import java.util.Locale;

/** What all pages have around them: a head with the way to the others, and a foot that says what they run on. */
public final class Frame {
    private record Entry(String path, String name) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("/elements", "Elements"),
            new Entry("/wizard", "Wizard"),
            new Entry("/dashboard", "Dashboard"),
            new Entry("/chat", "Chat"),
            new Entry("/storm", "Storm"),
            new Entry("/sleep", "Sleep"),
            new Entry("/board", "Board"));

    private final String policy;

    /** A frame for pages on that policy. */
    public Frame(IoPolicy io) {
        policy = io.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The page with all that around it.
     *
     * @param title what the tab says
     * @param sources the Java files behind it, the one to begin with first
     */
    public PageFunction around(String title, PageFunction page, String... sources) {
        return whole -> {
            whole.title(title + " · Plainweave");
            head(whole);
            Block content = whole.block("div").classes("content");
            foot(whole, sources);
            page.build(whole.within(content));
        };
    }

    private void head(Page page) {
        page.block("header", head -> {
            head.classes("top").attribute("role", "banner");
            Block brand = head.block("a").classes("brand").attribute("href", "/");
            brand.image("/images/favicon.svg", "");
            brand.block("span").text("Plainweave");
            head.block("nav", nav -> {
                nav.classes("nav").attribute("aria-label", "Pages");
                for (Entry entry : ENTRIES) {
                    Block link = nav.block("a").attribute("href", entry.path()).text(entry.name());
                    String path = page.request().path();
                    if (path.equals(entry.path()) || path.startsWith(entry.path() + "/")) {
                        link.attribute("aria-current", "page");
                    }
                }
            });
            head.block("p", says -> {
                says.classes("policy").tooltip("How connections wait for bytes on this server");
                says.block("b").text(policy);
                says.block("span").text(" IO");
            });
            head.button("◐")
                    .secondary()
                    .classes("theme")
                    .tooltip("Dark or light")
                    .attribute("aria-label", "Dark or light")
                    .onClick(() -> turn(page));
            head.block("p").classes("state").attribute("aria-hidden", "true"); // its words are the style sheet's
        });
    }

    private static void turn(Page page) {
        String now = page.js("return document.documentElement.dataset.bsTheme").get(String.class);
        page.theme(now.equals("dark") ? Theme.LIGHT : Theme.DARK);
    }

    private void foot(Container page, String... sources) {
        page.block("footer", foot -> {
            foot.classes("foot").attribute("role", "contentinfo");
            foot.block("p", behind -> {
                behind.classes("behind").block("b").text("The Java behind this page");
                for (String source : sources) {
                    behind.block("a").attribute("href", "/source/" + source).text(simple(source));
                }
            });
            foot.block("p", on -> {
                on.block("span").text("Built in Java, page by page, and served on ");
                on.block("b").text(policy + " IO");
                on.block("span")
                        .text(" by Java " + System.getProperty("java.version") + ". On the other policy, to compare: ");
                on.block("code")
                        .text("java -jar plainweave.jar --io " + (policy.equals("blocking") ? "selector" : "blocking"));
            });
        });
    }

    private static String simple(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
