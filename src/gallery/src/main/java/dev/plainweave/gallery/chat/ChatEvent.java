package dev.plainweave.gallery.chat;

import dev.plainweave.ui.PageEnd;
import java.time.Instant;

/** What happens in a room. */
sealed interface ChatEvent {
    /** When. */
    Instant at();

    /** Somebody came. */
    record Joined(String name, Instant at) implements ChatEvent {}

    /** Somebody said something. */
    record Said(String name, String text, Instant at) implements ChatEvent {}

    /** Somebody has another name now. */
    record Renamed(String before, String name, Instant at) implements ChatEvent {}

    /** Somebody's page ended, and why. */
    record Left(String name, PageEnd reason, long stayedMillis, Instant at) implements ChatEvent {}
}
