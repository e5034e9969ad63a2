package dev.plainweave.gallery;

import dev.plainweave.gallery.board.BoardPage;
import dev.plainweave.gallery.board.Watch;
import dev.plainweave.gallery.chat.ChatPage;
import dev.plainweave.gallery.elements.ElementsPage;
import dev.plainweave.gallery.examples.LoginExample;
import dev.plainweave.gallery.pages.Dashboard;
import dev.plainweave.gallery.pages.Wizard;
import dev.plainweave.gallery.site.Frame;
import dev.plainweave.gallery.site.HomePage;
import dev.plainweave.gallery.site.SourcePage;
import dev.plainweave.gallery.storm.Loopback;
import dev.plainweave.gallery.storm.SleepPage;
import dev.plainweave.gallery.storm.Storm;
import dev.plainweave.gallery.storm.StormPage;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.PageFunction;
import dev.plainweave.ui.PlainweaveBuilder;
import dev.plainweave.websocket.WebSocketSession;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the gallery serves. */
final class Routes {
    private final CompletableFuture<WebServer> server = new CompletableFuture<>();
    private final Watch watch = new Watch(() -> server.join().stats());
    private final PlainweaveBuilder builder;
    private final Frame frame;

    Routes(PlainweaveBuilder builder, IoPolicy io) {
        this.builder = builder;
        frame = new Frame(io);
    }

    /**
     * Adds all of it.
     *
     * @param storms whether visitors may make storms
     * @param tls what this server's own certificate is checked with; null without TLS
     */
    void addAll(IoPolicy io, boolean storms, @Nullable SSLContext tls) {
        builder.health("/health")
                .metrics("/metrics")
                .get("/slow", Slow::handle)
                .websocket("/echo", Routes::echo)
                .websocket("/guest", watch.over("/guest", Routes::echo))
                .endpoint(JakartaEcho.class);
        builder.stylesheet(Frame.class, "site.css")
                .icon(Frame.class, "images/favicon.svg")
                .files("/images", "dev/plainweave/gallery/site/images");
        Storm storm = storm(storms, tls);
        page("/", "One connection, one thread", new HomePage(watch)::page, "site/HomePage.java", "Routes.java");
        page("/elements", "Elements", ElementsPage::all, "elements/ElementsPage.java", "elements/Catalogue.java");
        page("/elements/{name}", "Elements", ElementsPage::one, "elements/ElementsPage.java", "site/Code.java");
        page("/wizard", "Wizard", Wizard::page, "pages/Wizard.java");
        page(
                "/dashboard",
                "Dashboard",
                new Dashboard(watch::stats)::page,
                "pages/Dashboard.java",
                "live/LiveChart.java");
        page(
                "/board",
                "Board",
                new BoardPage(watch)::page,
                "board/BoardPage.java",
                "board/Watch.java",
                "live/Pulse.java");
        page(
                "/storm",
                "Storm",
                new StormPage(storm, watch, io)::page,
                "storm/StormPage.java",
                "storm/Storm.java",
                "storm/Fault.java",
                "storm/Neighbours.java");
        page("/sleep", "Sleep", new SleepPage(storm)::page, "storm/SleepPage.java", "Slow.java");
        ChatPage chat = new ChatPage();
        for (String path : List.of("/chat", "/chat/{room}")) {
            page(path, "Chat", chat::page, "chat/ChatPage.java", "chat/ChatRoom.java", "chat/Conversation.java");
        }
        builder.login(
                "/login", watch.page("/login", frame.around("Log in", Routes::login, "examples/LoginExample.java")));
        page("/source/*", "Source", SourcePage::page, "site/SourcePage.java", "site/Code.java");
    }

    private void page(String path, String title, PageFunction function, String... sources) {
        builder.page(path, watch.page(path, frame.around(title, function, sources)));
    }

    private static void login(Page page) {
        LoginExample.login(page.within(page.block("section").classes("panel login")));
    }

    /** Storms, and the routes that their clients connect to. */
    private Storm storm(boolean allowed, @Nullable SSLContext tls) {
        // Made once: a server that has stopped has no address any more.
        CompletableFuture<Loopback> loopback = server.thenApply(up -> new Loopback(up.uri(), tls));
        // The same loop for the calm and for those who misbehave: nothing in it knows about faults.
        Storm.clients((route, limits) -> builder.websocket(route, limits, watch.over(route, Routes::echo)));
        return new Storm(allowed, loopback::join);
    }

    /** The server that all of this was added to is up. */
    void started(WebServer up) {
        server.complete(up);
    }

    private static void echo(WebSocketSession session) {
        while (true) {
            session.send(session.receive());
        }
    }
}
