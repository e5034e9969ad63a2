package dev.plainweave.ui;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A short message above the page, which goes by itself. Immutable: each method returns another.
 *
 * <pre>{@code
 * page.toast(Toast.success("Deleted").action("Undo", this::undo));
 * page.toast(Toast.error("The disk is full").lasting(Duration.ZERO));
 * }</pre>
 */
public final class Toast {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Where it is shown. */
    public enum Place {
        /** In the lower corner, where a line of text ends. The default. */
        BOTTOM_END,
        /** In the middle below. */
        BOTTOM,
        /** In the upper corner, where a line of text ends. */
        TOP_END,
        /** In the middle above. */
        TOP
    }

    private final String text;
    private final String kind;
    private final Duration time;
    private final Place place;
    private final String label;
    private final @Nullable Action action;

    private Toast(String text, String kind, Duration time, Place place, String label, @Nullable Action action) {
        this.text = Objects.requireNonNull(text, "text");
        this.kind = kind;
        this.time = time;
        this.place = place;
        this.label = label;
        this.action = action;
    }

    private static Toast of(String text, String kind) {
        return new Toast(text, kind, Duration.ofSeconds(6), Place.BOTTOM_END, "", null);
    }

    /** Something to know. */
    public static Toast info(String text) {
        return of(text, "info");
    }

    /** Something has been done. */
    public static Toast success(String text) {
        return of(text, "success");
    }

    /** Something needs care. */
    public static Toast warning(String text) {
        return of(text, "warning");
    }

    /** Something has failed; screen readers say so at once. */
    public static Toast error(String text) {
        return of(text, "danger");
    }

    /**
     * How long it is shown. 6 s.
     *
     * @param time at most an hour; zero for until it is closed, for which it has a button then
     */
    public Toast lasting(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a toast lasts up to an hour, or with zero until it is closed, was " + time);
        }
        return new Toast(text, kind, time, place, label, action);
    }

    /** Where it is shown. {@link Place#BOTTOM_END}. */
    public Toast at(Place where) {
        return new Toast(text, kind, time, where, label, action);
    }

    /** Has a button; what it does is a handler of the page. It can be used once. */
    public Toast action(String buttonText, Action does) {
        if (buttonText.isBlank()) {
            throw new IllegalArgumentException("a button needs a text");
        }
        return new Toast(text, kind, time, place, buttonText, Objects.requireNonNull(does, "action"));
    }

    /** Shows it. */
    void show(LivePage page) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("time", time.toMillis());
        options.put("close", time.isZero());
        options.put("place", place == Place.BOTTOM_END ? "" : "-" + css(place));
        Action does = action;
        if (does == null) {
            page.command(new Command("toast", List.of(text, kind, options), null));
            return;
        }
        options.put("action", label);
        CompletableFuture<com.fasterxml.jackson.databind.JsonNode> answer = new CompletableFuture<>();
        CompletableFuture<Void> unused = answer.thenAccept(data -> {
            if (data.path("value").asBoolean()) {
                page.handle(does);
            }
        });
        page.command(new Command("toast", List.of(text, kind, options), answer));
    }

    private static String css(Place place) {
        return place.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return kind + " " + text;
    }
}
