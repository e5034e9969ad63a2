package dev.plainweave.gallery.elements;

import dev.plainweave.gallery.site.Code;
import dev.plainweave.gallery.site.HomePage;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.gallery.site.Sources;
import dev.plainweave.http.HttpError;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Page;
import java.util.List;

/** All elements, and each of them running beside its source. */
public final class ElementsPage {
    private static final String PATH = "/elements/";
    private static final int NOT_FOUND = 404;

    private ElementsPage() {}

    /** Builds the page of all of them. */
    public static void all(Page page) {
        Parts.title(
                page,
                "Elements and ideas",
                "Each is a page with a small complete program on it: it runs there, beside the very file that runs."
                        + " Copy one, and start it with java -cp plainweave.jar.");
        Catalogue.groups()
                .forEach((group, entries) -> page.block("section", section -> {
                    section.classes("group").heading(2, group);
                    Block tiles = section.block("div").classes("tiles");
                    entries.forEach(entry -> HomePage.tile(tiles, PATH + entry.path(), entry.name(), entry.says()));
                }));
    }

    /** Builds the page of the one that the path names. */
    public static void one(Page page) throws Exception {
        String name = page.request().parameter("name");
        Entry entry =
                Catalogue.find(name).orElseThrow(() -> new HttpError(NOT_FOUND, "there is no element or idea " + name));
        page.title(entry.name() + " · Plainweave");
        Block layout = page.block("div").classes("documentation");
        contents(layout.block("nav"), entry);
        Block main = layout.block("article");
        Parts.title(main, entry.name(), entry.says());
        Block columns = main.block("div").classes("example");
        Block running = Parts.card(columns, "Running");
        Block files = columns.block("div").classes("files");
        Code.java(Parts.card(files, entry.example().getSimpleName() + ".java"), Sources.alone(entry.file()));
        for (String script : entry.scripts()) {
            Code.java(Parts.card(files, script), Sources.script(entry.example(), script));
        }
        neighbours(main, entry);
        entry.page().build(page.within(running.block("div").classes("running pw-column")));
    }

    private static void contents(Block nav, Entry current) {
        nav.classes("contents").attribute("aria-label", "Elements");
        Catalogue.groups().forEach((group, entries) -> {
            nav.block("b").text(group);
            entries.forEach(entry -> {
                Block link =
                        nav.block("a").attribute("href", PATH + entry.path()).text(entry.name());
                if (entry.equals(current)) {
                    link.attribute("aria-current", "page");
                }
            });
        });
    }

    /** The one before and the one after. */
    private static void neighbours(Container in, Entry entry) {
        List<Entry> all = Catalogue.all();
        int at = all.indexOf(entry);
        in.block("p", ways -> {
            ways.classes("ways");
            if (at > 0) {
                ways.link("← " + all.get(at - 1).name(), PATH + all.get(at - 1).path());
            }
            if (at < all.size() - 1) {
                ways.link(all.get(at + 1).name() + " →", PATH + all.get(at + 1).path())
                        .classes("next");
            }
        });
    }
}
