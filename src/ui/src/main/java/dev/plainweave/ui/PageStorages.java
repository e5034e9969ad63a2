package dev.plainweave.ui;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** The storages that one page has, until it ends. Made when it asks for the first. */
final class PageStorages {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Scope, KeptStorage> open = new EnumMap<>(Scope.class);
    private final CompletableFuture<String> tab = new CompletableFuture<>();
    private final LivePage page;
    private final Pages pages;
    /** The tab, once its storage is open. Without the lock: pages of one tab ask each other. */
    private volatile String opened = "";

    private boolean released;

    /**
     * None yet.
     *
     * @param known the tab; empty where no browser has connected yet
     */
    PageStorages(LivePage page, Pages pages, String known) {
        this.page = page;
        this.pages = pages;
        if (!known.isEmpty()) {
            tab.complete(known);
        }
    }

    /** The browser has connected, and said which tab it is. */
    void arrived(String tabId) {
        tab.complete(tabId);
    }

    Storage of(Scope scope) {
        if (scope == Scope.APPLICATION) {
            return pages.storages().application();
        }
        String claimed = scope == Scope.TAB ? page.await(tab) : "";
        lock.lock();
        try {
            page.waits().check();
            if (released) {
                throw new IllegalStateException("the page is ending");
            }
            KeptStorage known = open.get(scope);
            if (known == null) {
                known = scope == Scope.TAB ? openTab(claimed) : pages.storages().open(scope, id(scope));
                open.put(scope, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private String id(Scope scope) {
        return switch (scope) {
            case VISITOR -> page.visitor;
            case USER ->
                page.user()
                        .orElseThrow(() -> new IllegalStateException(
                                "nobody is logged in, so there is no storage of a user: ask page.user() first"))
                        .getName();
            case TAB, APPLICATION -> "";
        };
    }

    /** A duplicated tab says that it is the one it was made from: it goes on with a copy, and a name of its own. */
    private KeptStorage openTab(String claimed) {
        boolean taken = pages.all().stream()
                .anyMatch(other -> other != page
                        && other.visitor.equals(page.visitor)
                        && other.isPresent()
                        && other.storages()
                                .filter(all -> all.opened.equals(claimed))
                                .isPresent());
        String name = taken ? page.id : claimed;
        KeptStorage storage = pages.storages().open(Scope.TAB, page.visitor + " " + name);
        if (taken) {
            KeptStorage original = pages.storages().open(Scope.TAB, page.visitor + " " + claimed);
            storage.copy(original);
            pages.storages().release(original);
        }
        opened = name;
        page.command(new Command("tab", List.of(name), null));
        return storage;
    }

    /** The page has ended. */
    void release() {
        List<KeptStorage> all;
        lock.lock();
        try {
            all = List.copyOf(open.values());
            open.clear();
            released = true;
        } finally {
            lock.unlock();
        }
        all.forEach(pages.storages()::release);
    }
}
