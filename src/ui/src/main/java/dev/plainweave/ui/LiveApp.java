package dev.plainweave.ui;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application, which there is before its server. */
final class LiveApp implements App {
    private volatile @Nullable Pages pages;
    private volatile Set<String> paths = Set.of();

    /** The server is about to start. */
    void starts(Pages all, Set<String> declared) {
        paths = Set.copyOf(declared);
        pages = all;
    }

    @Override
    public List<Page> pages() {
        Pages now = pages;
        return now == null ? List.of() : List.copyOf(now.all());
    }

    @Override
    public List<Page> pages(String path) {
        Pages now = pages;
        if (now == null) {
            return List.of();
        }
        if (!paths.contains(path)) {
            throw new IllegalArgumentException("there is no page at " + path + ", only at " + paths);
        }
        return now.all().stream()
                .filter(page -> page.visit.declared().equals(path))
                .<Page>map(page -> page)
                .toList();
    }

    @Override
    public Storage storage() {
        Pages now = pages;
        if (now == null) {
            throw new IllegalStateException(
                    "the application keeps nothing before it is started: call start(...) first");
        }
        return now.storages().application();
    }
}
