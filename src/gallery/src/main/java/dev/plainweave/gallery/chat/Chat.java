package dev.plainweave.gallery.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.plainweave.gallery.live.Json;
import dev.plainweave.websocket.Message;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketSession;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chat rooms. A visitor connects to {@code /chat/{room}?name=Ada} and stays as long as the socket does; see {@link
 * ChatEvent} and {@link ChatCommand} for what travels.
 */
public final class Chat {
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_TEXT = 2_000;
    /** A visitor who is faster than this waits: the handler sleeps, and TCP holds back what comes meanwhile. */
    private static final int PACE_MS = 50;

    private static final Pattern ROOM_NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,32}");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}&&[^\\n\\t]]+");

    private final ChatRooms rooms = new ChatRooms();
    private final String server;

    /** Rooms of a server that describes itself like that. */
    public Chat(String server) {
        this.server = server;
    }

    /** What one visitor may send. */
    public static void limits(WebSocketOptions options) {
        options.maxMessageBytes(16 * 1024);
    }

    /** Serves one visitor, from the first to the last message. */
    public void serve(WebSocketSession session) throws InterruptedException {
        String room = session.handshake().parameter("room").orElse("lobby");
        if (!ROOM_NAME.matcher(room).matches()) {
            session.close(4000, "a room's name is 1 to 32 letters, digits, - or _");
            return;
        }
        String name = name(session.handshake().query("name").orElse(""));
        Optional<ChatRoom.Seat> seat = rooms.enter(room, session, name, server);
        if (seat.isEmpty()) {
            session.close(1013, "people are in too many rooms, try again later");
            return;
        }
        while (true) {
            obey(session, seat.get(), session.receive());
            Thread.sleep(PACE_MS);
        }
    }

    private static void obey(WebSocketSession session, ChatRoom.Seat seat, Message message) {
        try {
            switch (Json.read(message, ChatCommand.class)) {
                case ChatCommand.Say say -> {
                    String text = clean(say.text(), LONGEST_TEXT);
                    if (!text.isEmpty()) {
                        seat.say(text);
                    }
                }
                case ChatCommand.Rename rename -> seat.rename(name(rename.name()));
            }
        } catch (JsonProcessingException malformed) {
            session.send(
                    Json.message(new ChatEvent.Problem("not understood; expected {\"type\":\"say\",\"text\":\"...\"}"
                            + " or {\"type\":\"rename\",\"name\":\"...\"}")));
        }
    }

    private static String name(String wanted) {
        String name = clean(wanted.replace('\n', ' ').replace('\t', ' '), LONGEST_NAME);
        return name.isEmpty() ? "Visitor" : name;
    }

    /** Without what cannot be seen, direction marks and the like among them, and not longer than that. */
    private static String clean(String text, int longest) {
        String visible = INVISIBLE.matcher(text).replaceAll("").strip();
        int[] characters = visible.codePoints().limit(longest).toArray();
        return new String(characters, 0, characters.length).strip();
    }
}
