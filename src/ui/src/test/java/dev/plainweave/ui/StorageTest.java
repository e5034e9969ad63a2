package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.access.User;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept: for whom, for how long, how much, and through what. */
class StorageTest {
    private record Address(String street, LocalDate since) {}

    private enum Theme {
        LIGHT,
        DARK
    }

    private static final StorageLimits SMALL = new StorageLimits(200, 2, Duration.ofDays(1), Duration.ofMinutes(1));

    private static LivePage page(Pages pages, String visitor) {
        return pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), visitor);
    }

    private static Pages pages(Store store) {
        return new Pages(
                PageLimits.DEFAULT,
                (page, error, failure) -> {},
                new LiveApp(),
                store,
                Optional.empty(),
                LoginLimits.DEFAULT);
    }

    private static List<Path> files(Path directory, String ending) throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static void change(Path file, String text) throws Exception {
        Files.writeString(file, text);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void twoTabsOfAVisitorHaveOneValueAndAnotherVisitorHasTheirOwn(IoPolicy io) throws Exception {
        try (WebServer server = Sites.on(io)
                .page("/", page -> {
                    Property<String> name = page.storage(Scope.VISITOR).property("name", String.class, "nobody");
                    page.label("").bind(name);
                    page.input("Name").bind(name);
                })
                .start(0)) {
            Visitor visitor = new Visitor(server);
            Visitor stranger = new Visitor(server);
            try (RawPage one = visitor.open("/");
                    RawPage two = visitor.open("/");
                    RawPage other = stranger.open("/")) {
                one.connect().hello(1, 0);
                two.connect().hello(1, 0);
                other.connect().hello(1, 0);
                one.event(1, 1, one.tag("input"), "value", "{\"value\":\"Ada\",\"edit\":1}");
                await().until(() -> two.messages().toString().contains("Ada"));
                assertTrue(visitor.get("/").body().contains(">Ada<"), "at the next visit");
                assertTrue(stranger.get("/").body().contains(">nobody<"));
                assertFalse(other.messages().toString().contains("Ada"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aUserHasTheirsInEveryBrowser(IoPolicy io) throws Exception {
        try (WebServer server = Sites.on(io)
                .login(
                        "/login",
                        page -> page.login(User.of(page.request().query("as").orElse("ada"))))
                .page("/", page -> {
                    if (page.user().isEmpty()) {
                        assertThrows(IllegalStateException.class, () -> page.storage(Scope.USER));
                        return;
                    }
                    Property<Integer> visits = page.storage(Scope.USER).property("visits", Integer.class, 0);
                    page.label("visit " + visits.update(count -> count + 1));
                })
                .start(0)) {
            Visitor desk = new Visitor(server);
            Visitor phone = new Visitor(server);
            Visitor other = new Visitor(server);
            assertEquals(200, desk.get("/").statusCode());
            desk.get(Visitor.location(desk.get("/login")).replaceFirst("^https?://[^/]+", ""));
            phone.get(Visitor.location(phone.get("/login")).replaceFirst("^https?://[^/]+", ""));
            other.get(Visitor.location(other.get("/login?as=bob")).replaceFirst("^https?://[^/]+", ""));
            assertTrue(desk.get("/").body().contains("visit 1"));
            assertTrue(phone.get("/").body().contains("visit 2"));
            assertTrue(other.get("/").body().contains("visit 1"));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aTabKeepsItsOwnOverReloadsAndADuplicateGoesOnAlone(IoPolicy io) throws Exception {
        try (WebServer server = Sites.on(io)
                .page("/", page -> {
                    page.label("at once");
                    Property<String> count = page.storage(Scope.TAB).property("count", String.class, "count 0");
                    page.label("").bind(count);
                    page.button("More")
                            .onClick(() -> count.update(text -> "count " + (Integer.parseInt(text.substring(6)) + 1)));
                })
                .start(0)) {
            Visitor visitor = new Visitor(server);
            String tab;
            try (RawPage first = visitor.open("/")) {
                assertTrue(first.html.contains("at once") && !first.html.contains("count"), "shown while it waits");
                hello(first, "");
                await().until(() -> !tabOf(first).isEmpty());
                tab = tabOf(first);
                await().until(() -> first.messages().toString().contains("More"));
                int more = idOf(first, "More");
                first.event(1, 2, more, "click", "{}");
                await().until(() -> first.messages().toString().contains("count 1"));
                try (RawPage duplicate = visitor.open("/")) {
                    hello(duplicate, tab);
                    await().until(() -> duplicate.messages().toString().contains("count 1"));
                    assertFalse(tabOf(duplicate).equals(tab), "a name of its own");
                    duplicate.event(1, 2, idOf(duplicate, "More"), "click", "{}");
                    await().until(() -> duplicate.messages().toString().contains("count 2"));
                    assertFalse(first.messages().toString().contains("count 2"));
                }
                first.send("{\"bye\":true}");
            }
            try (RawPage reloaded = visitor.open("/")) {
                hello(reloaded, tab);
                await().until(() -> reloaded.messages().toString().contains("count 1"));
                assertEquals(tab, tabOf(reloaded));
            }
            try (RawPage other = new Visitor(server).open("/")) {
                hello(other, tab);
                await().until(() -> other.messages().toString().contains("count 0"));
            }
        }
    }

    private static void hello(RawPage page, String tab) {
        page.connect();
        page.send("{\"hello\":{\"v\":1,\"page\":\"" + page.page + "\",\"secret\":\"" + page.secret
                + "\",\"lastFrame\":1,\"lastCommand\":0" + (tab.isEmpty() ? "" : ",\"tab\":\"" + tab + "\"") + "}}");
    }

    private static String tabOf(RawPage page) {
        AtomicReference<String> tab = new AtomicReference<>("");
        page.frames()
                .forEach(frame -> frame.path("commands").forEach(command -> {
                    if (command.get(1).asText().equals("tab")) {
                        tab.set(command.get(2).asText());
                    }
                }));
        return tab.get();
    }

    private static int idOf(RawPage page, String text) {
        AtomicReference<Integer> id = new AtomicReference<>(0);
        page.frames()
                .forEach(frame -> frame.path("state").forEach(entry -> {
                    if (entry.get(1).path(".text").asText().equals(text)) {
                        id.set(entry.get(0).asInt());
                    }
                }));
        return id.get();
    }

    @Test
    void whatIsInFilesIsThereAfterARestart(@TempDir Path parent) throws Exception {
        Path directory = parent.resolve("kept");
        try (Pages pages = pages(Store.files(directory))) {
            LivePage page = page(pages, "a visitor");
            Storage storage = page.storage(Scope.VISITOR);
            storage.property("text", String.class, "").value("ä\n\"");
            storage.property("address", Address.class, new Address("", LocalDate.EPOCH))
                    .value(new Address("Main", LocalDate.of(2026, 1, 2)));
            storage.property("theme", Theme.class, Theme.LIGHT).value(Theme.DARK);
            storage.list("tags", String.class).value(List.of("x", "y"));
            storage.property("untouched", String.class, "as it was");
            assertEquals(Set.of("text", "address", "theme", "tags"), storage.names());
            pages.app();
            page.end(PageEnd.LEFT);
            await().untilAsserted(() -> assertEquals(0, pages.storages().size()));
        }
        assertEquals(1, files(directory, ".json").size());
        assertEquals(1, files(directory, "").size(), "and nothing else");
        Path file = files(directory, ".json").getFirst();
        assertTrue(file.getFileName().toString().matches("visitor-[0-9a-f]{40}\\.json"), file.toString());
        assertEquals(
                "rwx------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        try (Pages pages = pages(Store.files(directory))) {
            Storage storage = page(pages, "a visitor").storage(Scope.VISITOR);
            assertEquals("ä\n\"", storage.property("text", String.class, "").value());
            assertEquals(
                    new Address("Main", LocalDate.of(2026, 1, 2)),
                    storage.property("address", Address.class, new Address("", LocalDate.EPOCH))
                            .value());
            assertEquals(
                    Theme.DARK,
                    storage.property("theme", Theme.class, Theme.LIGHT).value());
            assertEquals(List.of("x", "y"), storage.list("tags", String.class).value());
            Property<String> text = storage.property("text", String.class, "");
            assertSame(text, storage.property("text", String.class, "other"));
            storage.clear();
            assertEquals("", text.value());
            assertEquals(Set.of(), storage.names());
        }
        assertEquals(List.of(), files(directory, ".json"), "an empty one is no file");
    }

    @Test
    void aStopSavesWhatIsNotSavedYet(@TempDir Path directory) throws Exception {
        try (Pages pages = pages(Store.files(directory))) {
            page(pages, "v")
                    .storage(Scope.VISITOR)
                    .property("a", String.class, "")
                    .value("b");
            pages.app();
            pages.storages().application().property("of all", String.class, "");
        } catch (IllegalArgumentException name) {
            assertTrue(name.toString().contains("of all"));
        }
        assertEquals(1, files(directory, ".json").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\u0000\u0000", "{\"a\":1}}x{", "not json"})
    void aBrokenFileIsPutAside(String broken, @TempDir Path directory) throws Exception {
        String key = Storages.key(Scope.VISITOR, "v");
        Files.writeString(directory.resolve(key + ".json"), broken);
        try (Pages pages = pages(Store.files(directory))) {
            Property<String> value = page(pages, "v").storage(Scope.VISITOR).property("a", String.class, "fresh");
            assertEquals(broken.equals("{\"a\":1}}x{") ? value.value() : "fresh", value.value());
            value.value("kept");
        }
        assertEquals("{\"a\":\"kept\"}", Files.readString(directory.resolve(key + ".json")));
        if (!broken.equals("{\"a\":1}}x{")) {
            assertEquals(broken, Files.readString(directory.resolve(key + ".json.broken")), "the old one is kept");
        }
    }

    @Test
    void whatFitsNoMoreBeginsAnew(@TempDir Path directory) throws Exception {
        String key = Storages.key(Scope.VISITOR, "v");
        change(directory.resolve(key + ".json"), "{\"age\":\"old\",\"name\":\"Ada\"}");
        try (Pages pages = pages(Store.files(directory))) {
            Storage storage = page(pages, "v").storage(Scope.VISITOR);
            assertEquals(7, storage.property("age", Integer.class, 7).value());
            assertEquals("Ada", storage.property("name", String.class, "").value());
            assertThrows(IllegalArgumentException.class, () -> storage.property("name", Integer.class, 1));
        }
    }

    @Test
    void aStorageHasItsMostBytes() {
        try (Pages pages = pages(Store.memory(SMALL))) {
            Property<String> value = page(pages, "v").storage(Scope.VISITOR).property("a", String.class, "first");
            value.value("second");
            IllegalStateException full = assertThrows(IllegalStateException.class, () -> value.value("x".repeat(300)));
            assertTrue(full.toString().contains("200 bytes"), full.toString());
            assertEquals("second", value.value(), "as it was");
            value.value("third");
            assertEquals("third", value.value());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thereAreOnlySoMany(boolean inFiles, @TempDir Path directory) throws Exception {
        Store store = inFiles ? Store.files(directory, SMALL) : Store.memory(SMALL);
        assertTrue(store.save("a", "{}") && store.save("b", "{}"));
        assertFalse(store.save("c", "{}"));
        assertTrue(store.save("a", "{\"x\":1}"), "what is there may change");
        assertEquals(Optional.empty(), store.load("c"));
        store.remove("b");
        assertTrue(store.save("c", "{}"));
        assertEquals("{\"x\":1}", store.load("a").orElse(""));
    }

    @Test
    void whatNobodyUsesExpires(@TempDir Path directory) throws Exception {
        Store store = Store.files(directory, SMALL);
        store.save("a", "{}");
        store.save("b", "{}");
        Files.writeString(directory.resolve("c.json.broken"), "");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(directory.resolve("a.json"), old);
        Files.setLastModifiedTime(directory.resolve("b.json"), old);
        Files.setLastModifiedTime(directory.resolve("c.json.broken"), old);
        store.load("b");
        store.expire();
        assertEquals(List.of(directory.resolve("b.json")), files(directory, ""));
        assertTrue(store.save("d", "{}"), "there is room again");
        assertFalse(store.save("e", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "a/b", "A", "a.b", "a\u0000", "ä"})
    void aKeyIsNoPath(String key, @TempDir Path directory) throws Exception {
        Store store = Store.files(directory);
        assertThrows(IllegalArgumentException.class, () -> store.save(key, "{}"));
        assertThrows(IllegalArgumentException.class, () -> store.load(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "a/b", "\u0000", "", "plain"})
    void noIdOfAnybodyIsInAKey(String id) {
        assertTrue(Storages.key(Scope.USER, id).matches("user-[0-9a-f]{40}"), Storages.key(Scope.USER, id));
    }

    @Test
    void aCutInTheMidstOfASaveLeavesWhatWasThere(@TempDir Path directory) throws Exception {
        Store.files(directory).save("a", "{\"old\":1}");
        Files.writeString(directory.resolve("a.7.new"), "{\"ne");
        Store store = Store.files(directory);
        assertEquals("{\"old\":1}", store.load("a").orElse(""));
        assertEquals(1, files(directory, "").size());
    }

    @Test
    void whatCannotBeSavedIsTriedAgainAndStaysMeanwhile(@TempDir Path parent) throws Exception {
        Path directory = parent.resolve("kept");
        Store store = Store.files(directory);
        try (Pages pages = pages(store)) {
            LivePage page = page(pages, "v");
            Property<String> value = page.storage(Scope.VISITOR).property("a", String.class, "");
            value.value("one");
            await().until(() -> files(directory, ".json").size() == 1);
            Files.delete(files(directory, ".json").getFirst());
            Files.delete(directory);
            value.value("two");
            KeptStorage storage = (KeptStorage) page.storage(Scope.VISITOR);
            storage.save();
            assertTrue(storage.isUnsaved());
            page.end(PageEnd.LEFT);
            assertEquals(1, pages.storages().size(), "it may not go");
            Files.createDirectory(directory);
        }
        assertTrue(Files.readString(files(directory, ".json").getFirst()).contains("two"));
    }

    @Test
    void afterTheLastPageNothingIsInMemory() {
        try (Pages pages = pages(Store.memory())) {
            LivePage one = page(pages, "v");
            LivePage two = page(pages, "v");
            assertSame(one.storage(Scope.VISITOR), two.storage(Scope.VISITOR));
            one.end(PageEnd.LEFT);
            assertEquals(1, pages.storages().size());
            two.end(PageEnd.LEFT);
            assertEquals(0, pages.storages().size());
            assertThrows(RuntimeException.class, () -> two.storage(Scope.VISITOR));
            assertEquals(0, pages.storages().size());
        }
    }
}
