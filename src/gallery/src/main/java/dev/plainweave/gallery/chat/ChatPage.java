package dev.plainweave.gallery.chat;

import dev.plainweave.http.HttpError;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Button;
import dev.plainweave.ui.Input;
import dev.plainweave.ui.Page;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A chat room: who is there, what they say, and why they left. */
public final class ChatPage {
    private static final String LOBBY = "lobby";
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_TEXT = 2_000;
    /** Who is faster than this waits: the handler sleeps, and keeps its page's turn. */
    private static final Duration PACE = Duration.ofMillis(50);

    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final Pattern ROOM_NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,32}");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}&&[^\\n\\t]]+");

    private final ChatRooms rooms = new ChatRooms();

    /** A page for each room. */
    public ChatPage() {}

    /** Builds the page of the room that the path names, the lobby if it names none. */
    public void page(Page page) throws Exception {
        String name = page.request().parameters().getOrDefault("room", LOBBY);
        if (!ROOM_NAME.matcher(name).matches()) {
            throw new HttpError(NOT_FOUND, "a room's name is 1 to 32 letters, digits, - or _");
        }
        ChatRoom room = rooms.find(name)
                .orElseThrow(() -> new HttpError(UNAVAILABLE, "people are in too many rooms, try again later"));
        Block whole = page.block("div").classes("chat");
        Block talk = whole.block("section").classes("panel talk");
        Block bar = talk.block("div").classes("head");
        bar.heading("#" + name);
        bar.button("Change room").secondary().classes("btn-sm").onClick(() -> changeRoom(page));
        Conversation conversation = new Conversation(talk);
        Block side = whole.block("aside").classes("side");
        new People(page, side, room);
        howItIsWritten(side);
        room.listen(page, conversation::show);
        join(page, talk.block("div").classes("compose"), room, conversation);
    }

    private static void changeRoom(Page page) {
        Optional<String> wanted =
                page.prompt("Name of the room: letters, digits, - and _. A new name makes a new room.");
        if (wanted.isPresent()) {
            String room = wanted.get().strip();
            if (ROOM_NAME.matcher(room).matches()) {
                page.navigate(room.equals(LOBBY) ? "/chat" : "/chat/" + room);
            } else {
                page.toast("A room's name is 1 to 32 letters, digits, - or _.");
            }
        }
    }

    /** Asks for a name, and goes on with the conversation when there is one. */
    private static void join(Page page, Block compose, ChatRoom room, Conversation conversation) {
        Input name = compose.input("Your name")
                .placeholder("Ada")
                .maxLength(LONGEST_NAME)
                .attribute("autocomplete", "nickname");
        Button join = compose.button("Join");
        Runnable enter = () -> {
            String clean = name(name.value());
            ChatRoom.Seat seat = room.enter(page, clean);
            page.atomically(
                    () -> { // a field that is seen is one that answers
                        compose.clear();
                        talk(page, compose, seat, conversation);
                    });
        };
        name.onEnter(enter::run);
        join.onClick(enter::run);
        name.focus();
    }

    private static void talk(Page page, Block compose, ChatRoom.Seat seat, Conversation conversation) {
        conversation.me(seat::name);
        Input text = compose.input("Writing as " + seat.name())
                .placeholder("Say something")
                .maxLength(LONGEST_TEXT)
                .attribute("autocomplete", "off");
        Button send = compose.button("Send");
        Button rename = compose.button("Rename").secondary();
        Runnable say = () -> {
            String line = clean(text.value(), LONGEST_TEXT);
            text.value("");
            if (!line.isEmpty()) {
                seat.say(line);
            }
        };
        text.onEnter(() -> {
            say.run();
            Thread.sleep(PACE);
        });
        send.onClick(() -> {
            say.run();
            text.focus();
            Thread.sleep(PACE);
        });
        rename.onClick(() -> {
            page.prompt("Your name from now on").ifPresent(wanted -> {
                seat.rename(name(wanted));
                text.label("Writing as " + seat.name());
            });
            text.focus();
        });
        text.focus();
    }

    private static void howItIsWritten(Block side) {
        side.heading(2, "How it is written");
        side.block("pre").block("code").text("""
            SAID.listen(page, lines::show);
            text.onEnter(() -> {
                SAID.publish(text.value());
                text.value("");
            });\
            """);
        side.paragraph("In essence. Close the tab, pull the plug, kill the browser: the room learns why, and nothing"
                        + " else notices. Who only loses the connection for a while comes back to where they"
                        + " were.")
                .classes("fine");
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
