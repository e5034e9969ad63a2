package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** A choice of one among many, found by typing. */
public final class ComboboxExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ComboboxExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        List<ZoneId> zones = List.of("Asia/Shanghai", "Europe/Berlin", "America/Lima", "Africa/Nairobi").stream()
                .map(ZoneId::of)
                .toList();
        var time = page.label("Somewhere it is morning.");
        page.combobox("Time zone", zones, ZoneId::getId)
                .placeholder("Type a city")
                .onChange(change -> change.value()
                        .ifPresent(zone -> time.text("There it is "
                                + ZonedDateTime.now(zone).toLocalTime().withNano(0))));
    }
}
