package dev.plainweave.gallery.chat;

import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Page;
import dev.plainweave.websocket.Registration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Who is in the room. */
final class People {
    private final Block count;
    private final Block list;
    private final ReentrantLock order = new ReentrantLock();

    People(Page page, Container in, ChatRoom room) {
        in.heading(2, "In this room");
        count = in.block("p").classes("fine");
        list = in.block("ul").classes("people");
        Registration registration = room.people().onChange(people -> show(page, room));
        page.onClose(end -> registration.close());
        show(page, room);
    }

    private void show(Page page, ChatRoom room) {
        order.lock();
        try {
            List<String> people = room.people().value();
            page.atomically(() -> {
                count.text(people.size() == 1 ? "1 person" : people.size() + " people");
                list.clear();
                for (String name : people) {
                    list.block("li", item -> {
                        Conversation.badge(item, name);
                        item.block("span").text(name);
                    });
                }
            });
        } finally {
            order.unlock();
        }
    }
}
