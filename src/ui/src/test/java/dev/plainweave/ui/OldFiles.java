package dev.plainweave.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The example of the README, but for where the files are. */
public final class OldFiles {
    static Path directory = Path.of("old");

    private OldFiles() {}

    public static void main(String[] args) throws Exception {
        Plainweave.builder().page("/", OldFiles::page).start(8080).awaitStop();
    }

    static void page(Page page) throws IOException {
        page.heading("Old files");
        var list = page.column();
        for (Path file : find()) list.label(file.getFileName().toString());
        page.button("Delete all").onClick(() -> {
            if (!page.confirm("Really delete " + list.size() + " files?")) return; // waits for the user
            var bar = page.progress().max(list.size());
            for (Path file : find()) {
                Files.delete(file);
                bar.advance();
            } // plain blocking IO, progress is seen
            page.toast("Done");
        });
    }

    static List<Path> find() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
