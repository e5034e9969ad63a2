package dev.plainweave.gallery.site;

import dev.plainweave.http.HttpError;
import dev.plainweave.ui.Page;

/** A file of this program, as it is. */
public final class SourcePage {
    private static final String PATH = "/source/";
    private static final int NOT_FOUND = 404;

    private SourcePage() {}

    /** Builds the page of the file that the path names. */
    public static void page(Page page) {
        String file = page.request().path().substring(PATH.length());
        String text = Sources.find(file).orElseThrow(() -> new HttpError(NOT_FOUND, "there is no source file " + file));
        Parts.title(page, file.substring(file.lastIndexOf('/') + 1), "The very file that runs here.");
        Code.java(page, text);
    }
}
