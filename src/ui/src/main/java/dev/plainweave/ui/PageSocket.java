package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Handshake;
import dev.plainweave.websocket.Message;
import dev.plainweave.websocket.Registration;
import dev.plainweave.websocket.WebSocketSession;
import java.time.Duration;
import java.util.Optional;

/** One connection of a page: the greeting, then messages until it ends. Its thread sits on the session's reading seat. */
final class PageSocket {
    private static final int PROTOCOL_ERROR = 1002;
    private static final int GOING = 1000;

    private final Pages pages;

    PageSocket(Pages pages) {
        this.pages = pages;
    }

    void serve(WebSocketSession session) throws InterruptedException {
        Wire wire = new SessionWire(session);
        String visitor = session.handshake()
                .header("cookie")
                .flatMap(field -> Visitors.of(field, Visitors.COOKIE))
                .orElse("");
        try {
            Optional<LivePage> page = greet(wire, first(wire, session), visitor, session.handshake());
            if (page.isPresent()) {
                converse(page.get(), wire, session);
            }
        } catch (ProtocolException broken) {
            pages.counts().violations.increment();
            wire.close(PROTOCOL_ERROR, String.valueOf(broken.getMessage()));
        }
    }

    /** Not with a timeout: for that the session would keep a second thread, until the next message. */
    private Message first(Wire wire, WebSocketSession session) {
        Duration limit = pages.limits().greeting();
        Registration patience = pages.clock().after(limit, () -> {
            pages.counts().refused("greeting");
            wire.close(PROTOCOL_ERROR, "no hello within " + limit.toMillis() + " ms");
        });
        try {
            return session.receive();
        } finally {
            patience.close();
        }
    }

    private Optional<LivePage> greet(Wire wire, Message first, String visitor, Handshake handshake) {
        JsonNode message = read(first);
        if (Incoming.version(message) != Incoming.VERSION) {
            return gone(wire, "version");
        }
        Incoming.Hello hello = Incoming.hello(message);
        Optional<LivePage> page = pages.find(hello.page(), hello.secret(), visitor);
        if (page.isPresent() && !page.get().visit.admits(login(handshake), handshake.principal())) {
            return gone(wire, "login");
        }
        if (page.isEmpty() || !page.get().inbox().connect(wire, hello)) {
            return gone(wire, "unknown");
        }
        return page;
    }

    private Optional<LivePage> gone(Wire wire, String reason) {
        pages.counts().gone(reason);
        wire.send(Incoming.gone(reason));
        wire.close(GOING, "there is no page: " + reason);
        return Optional.empty();
    }

    private Optional<LoginSession> login(Handshake handshake) {
        return handshake
                .header("cookie")
                .flatMap(field -> Visitors.of(field, Logins.COOKIE))
                .flatMap(pages.logins()::find);
    }

    private void converse(LivePage page, Wire wire, WebSocketSession session) throws InterruptedException {
        Pace pace = new Pace(pages.limits().eventsPerSecond());
        try {
            for (Message message : session) {
                JsonNode read = read(message);
                if ((read.has("event") || !read.has("ack")) && pace.take()) {
                    pages.counts().slowed.increment();
                }
                page.inbox().receive(wire, read);
            }
        } finally {
            page.inbox().disconnected(wire);
        }
    }

    private static JsonNode read(Message message) {
        if (message instanceof Message.Text text) {
            return Incoming.read(text.text());
        }
        throw new ProtocolException("expected text");
    }

    /** Offers to the session, which never waits. */
    private record SessionWire(WebSocketSession session) implements Wire {
        @Override
        public void send(String message) {
            session.offer(Message.text(message));
        }

        @Override
        public void send(Object key, String message) {
            session.offer(key, Message.text(message));
        }

        @Override
        public void close(int code, String reason) {
            session.close(code, reason);
        }
    }
}
