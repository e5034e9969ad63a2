package dev.plainweave.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Endpoints as an application writes them. What happens to them they write into the journal that their path names.
 * They do as a message tells them: see {@link #obey}.
 */
public final class JakartaTestEndpoints {
    private JakartaTestEndpoints() {}

    /** More than the buffers of two sockets, even when compressed. */
    private static final String LARGE = new Random(1)
            .ints(16 << 20, '!', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private static final Map<String, Queue<String>> JOURNALS = new ConcurrentHashMap<>();

    static Queue<String> journal(String test) {
        return JOURNALS.computeIfAbsent(test, key -> new ConcurrentLinkedQueue<>());
    }

    static long count(String test, String entry) {
        return journal(test).stream().filter(entry::equals).count();
    }

    private static String test(Session session) {
        return session.getPathParameters().get("test");
    }

    static void note(Session session, String entry) {
        journal(test(session)).add(entry);
    }

    private static void obey(Session session, String message) throws IOException {
        switch (message) {
            case "throw" -> throw new IllegalStateException("the application's own");
            case "large" -> {
                note(session, "large");
                session.getBasicRemote().sendText(LARGE);
            }
            case "large, wrapped" -> {
                note(session, "large");
                try {
                    session.getBasicRemote().sendText(LARGE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case "large, then throw" -> {
                note(session, "large");
                try {
                    session.getBasicRemote().sendText(LARGE);
                } catch (IOException e) {
                    throw new IllegalStateException("the application's own"); // without the cause: it does not show
                }
            }
            case "close and send" -> {
                session.close();
                session.getBasicRemote().sendText("too late");
            }
            case "close 1011" -> session.close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "as told"));
            default -> session.getBasicRemote().sendText(message);
        }
    }

    /** No error method. */
    @ServerEndpoint("/plain/{test}")
    public static class Plain {
        @OnOpen
        public void open(Session session, @PathParam("test") String test) {
            journal(test).add("open");
        }

        @OnMessage
        public void text(Session session, String message) throws IOException {
            obey(session, message);
        }

        @OnMessage
        public byte[] binary(byte[] message) {
            return message;
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            note(session, "close " + reason.getCloseCode().getCode());
        }
    }

    /** With an error method. */
    @ServerEndpoint("/listening/{test}")
    public static class Listening {
        @OnOpen
        public void open(Session session) {
            note(session, "open");
        }

        @OnMessage
        public void text(Session session, String message) throws IOException {
            obey(session, message);
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            note(session, "close " + reason.getCloseCode().getCode());
        }

        @OnError
        public void error(Session session, Throwable failure) {
            note(session, "error " + (failure instanceof IllegalStateException ? "own" : "other"));
        }
    }

    /** Without annotations, and the inherited onError that does nothing. */
    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            note(session, "open");
            session.addMessageHandler(new MessageHandler.Whole<String>() {
                @Override
                public void onMessage(String message) {
                    try {
                        obey(session, message);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            note(session, "close " + reason.getCloseCode().getCode());
        }
    }

    static ServerEndpointConfig programmatic() {
        return ServerEndpointConfig.Builder.create(Programmatic.class, "/programmatic/{test}")
                .build();
    }

    /** Reads its messages as streams. */
    @ServerEndpoint("/stream/{test}")
    public static class Streaming {
        @OnOpen
        public void open(Session session) {
            note(session, "open");
        }

        @OnMessage
        public void read(Session session, Reader message) throws IOException {
            note(session, "reading");
            StringBuilder text = new StringBuilder();
            char[] chars = new char[64];
            try {
                for (int count; (count = message.read(chars)) >= 0; ) {
                    text.append(chars, 0, count);
                }
            } catch (IOException e) {
                note(session, "cut off");
                throw e;
            }
            session.getBasicRemote().sendText(text.toString());
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            note(session, "close " + reason.getCloseCode().getCode());
        }
    }

    /** Sends what it is told to all the others of its test, as applications do: an asynchronous send to each. */
    @ServerEndpoint("/broadcast/{test}")
    public static class Broadcasting {
        @OnMessage
        public void publish(Session session, String message) {
            String text = message.equals("large") ? LARGE : message;
            for (Session other : session.getOpenSessions()) {
                if (!other.equals(session) && test(other).equals(test(session))) {
                    other.getAsyncRemote().sendText(text, result -> {});
                }
            }
            note(session, "published");
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            note(session, "close " + reason.getCloseCode().getCode());
        }
    }

    /** Throws where its path says. */
    @ServerEndpoint("/throwing/{where}/{test}")
    public static class Throwing {
        @OnOpen
        public void open(Session session, @PathParam("where") String where) {
            note(session, "open");
            fail(where, "open");
        }

        @OnMessage
        public void text(Session session, String message) throws IOException {
            obey(session, message);
        }

        @OnClose
        public void close(Session session, CloseReason reason, @PathParam("where") String where) {
            note(session, "close " + reason.getCloseCode().getCode());
            fail(where, "close");
        }

        private static void fail(String where, String here) {
            if (where.equals(here)) {
                throw new IllegalStateException("the application's own");
            }
        }
    }

    /** Throws in its error method. */
    @ServerEndpoint("/doubly/{test}")
    public static class Doubly {
        @OnMessage
        public void text(Session session, String message) throws IOException {
            obey(session, message);
        }

        @OnError
        public void error(Session session, Throwable failure) {
            throw new IllegalStateException("the application's own");
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            note(session, "close " + reason.getCloseCode().getCode());
        }
    }

    /** Partial messages. */
    @ServerEndpoint("/partial/{test}")
    public static class Partial {
        @OnMessage
        public void part(Session session, String part, boolean last) throws IOException {
            session.getBasicRemote().sendText(part, last);
        }
    }

    record Point(int x, int y) {}

    /** A Point as the text "x,y". */
    public static class PointText implements Decoder.Text<Point>, Encoder.Text<Point> {
        @Override
        public void init(EndpointConfig config) {}

        @Override
        public void destroy() {}

        @Override
        public Point decode(String text) throws DecodeException {
            List<String> parts = List.of(text.split(",", -1));
            try {
                return new Point(Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)));
            } catch (RuntimeException e) {
                throw new DecodeException(text, "two numbers expected", e);
            }
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }

        @Override
        public String encode(Point point) {
            return point.x() + "," + point.y();
        }
    }

    /** A long of eight bytes. */
    public static class LongBinary implements Decoder.Binary<Long>, Encoder.Binary<Long> {
        @Override
        public void init(EndpointConfig config) {}

        @Override
        public void destroy() {}

        @Override
        public Long decode(ByteBuffer bytes) {
            return bytes.getLong();
        }

        @Override
        public boolean willDecode(ByteBuffer bytes) {
            return bytes.remaining() == Long.BYTES;
        }

        @Override
        public ByteBuffer encode(Long value) {
            return ByteBuffer.allocate(Long.BYTES).putLong(value).flip();
        }
    }

    /** Adds a response header, and hands a request header on to the session. */
    public static class Handshaking extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties().put("tenant", request.getHeaders().getOrDefault("X-Tenant", List.of("none")));
            response.getHeaders().put("X-Seen-By", List.of("Handshaking"));
        }
    }

    /** Decoders, encoders, a configurator, subprotocols. */
    @ServerEndpoint(
            value = "/coded/{test}/{factor}",
            decoders = {PointText.class, LongBinary.class},
            encoders = {PointText.class, LongBinary.class},
            subprotocols = {"points", "points.v2"},
            configurator = Handshaking.class)
    public static class Coded {
        @OnOpen
        public void open(Session session) throws IOException {
            session.getBasicRemote()
                    .sendText(session.getUserProperties().get("tenant") + " " + session.getNegotiatedSubprotocol());
        }

        @OnMessage
        public Point scale(Point point, @PathParam("factor") int factor) {
            return new Point(point.x() * factor, point.y() * factor);
        }

        @OnMessage
        public Long scale(Long value, @PathParam("factor") int factor) {
            return value * factor;
        }
    }
}
