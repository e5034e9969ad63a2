package dev.plainweave.gallery;

import dev.plainweave.gallery.board.Board;
import dev.plainweave.gallery.board.Watch;
import dev.plainweave.gallery.chat.Chat;
import dev.plainweave.gallery.pages.Dashboard;
import dev.plainweave.gallery.pages.Welcome;
import dev.plainweave.gallery.pages.Wizard;
import dev.plainweave.gallery.site.Site;
import dev.plainweave.gallery.storm.Loopback;
import dev.plainweave.gallery.storm.Storm;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.PlainweaveBuilder;
import dev.plainweave.websocket.WebSocketSession;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the gallery serves. */
final class Routes {
    private final CompletableFuture<WebServer> server = new CompletableFuture<>();
    private final Watch watch = new Watch();

    /**
     * Adds all of it.
     *
     * @param storms whether visitors may make storms
     * @param tls what this server's own certificate is checked with; null without TLS
     */
    void addTo(PlainweaveBuilder builder, IoPolicy io, boolean storms, @Nullable SSLContext tls) {
        String policy = io.name().toLowerCase(Locale.ROOT);
        String java = "Java " + System.getProperty("java.version");
        Site.addTo(builder, policy, java);
        builder.health("/health")
                .metrics("/metrics")
                .get("/slow", Slow::handle)
                .websocket("/echo", Routes::echo)
                .endpoint(JakartaEcho.class);

        builder.page("/pages", Welcome::page)
                .page("/pages/wizard", Wizard::page)
                .page("/pages/dashboard", new Dashboard(() -> server.join().stats())::page);

        Chat chat = new Chat(policy + " IO, " + java);
        Board board = new Board(watch, () -> server.join().stats());
        // Made once: a server that has stopped has no address any more.
        CompletableFuture<Loopback> loopback = server.thenApply(up -> new Loopback(up.uri(), tls));
        Storm storm = new Storm(storms, loopback::join);
        builder.websocket("/chat/{room}", Chat::limits, watch.over("/chat", chat::serve))
                .websocket("/live/board", Board::limits, watch.over("/live/board", board::serve))
                .websocket("/live/storm", Storm::limits, watch.over("/live/storm", storm::serve))
                .websocket("/guest", watch.over("/guest", Routes::echo));
        // The same loop for the calm and for those who misbehave: nothing in it knows about faults.
        Storm.clients((route, limits) -> builder.websocket(route, limits, watch.over(route, Routes::echo)));
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
