package dev.plainweave.ui;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a browser does with an event before it tells the server. Immutable: each method returns another.
 *
 * <pre>{@code
 * editor.on("keydown", EventOptions.DEFAULT.keys("ctrl+s").preventDefault(), event -> save());
 * board.on("mousemove", EventOptions.DEFAULT.fields("clientX").throttle(Duration.ofMillis(50)), event -> ...);
 * }</pre>
 */
public final class EventOptions {
    /** All events, in order, with no fields. */
    public static final EventOptions DEFAULT = new EventOptions(EventPolicy.QUEUE, List.of(), "");

    private static final Pattern FIELD = Pattern.compile("[a-zA-Z][a-zA-Z0-9._]*");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]+|[^\\s\\p{Cntrl}|;,:+]");
    private static final Set<String> MODIFIERS = Set.of("ctrl", "alt", "shift", "meta");
    private static final Duration LONGEST = Duration.ofMinutes(1);

    final EventPolicy policy;
    private final List<String> fields;
    private final String rules;

    private EventOptions(EventPolicy policy, List<String> fields, String rules) {
        this.policy = policy;
        this.fields = fields;
        this.rules = rules;
    }

    private EventOptions rule(String rule) {
        return new EventOptions(policy, fields, rules + ";" + rule);
    }

    /** What becomes of an event while another is handled. {@link EventPolicy#QUEUE}. */
    public EventOptions policy(EventPolicy value) {
        return new EventOptions(Objects.requireNonNull(value, "policy"), fields, rules);
    }

    /** Which of its fields to send: {@code key}, {@code clientX}, {@code target.scrollTop}. None. */
    public EventOptions fields(String... names) {
        for (String name : names) {
            if (!FIELD.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a field: '" + name + "'");
            }
        }
        return new EventOptions(policy, List.of(names), rules);
    }

    /** At most one in that time: the first at once, and the last of those that came meanwhile at its end. */
    public EventOptions throttle(Duration time) {
        return rule("throttle=" + millis(time));
    }

    /** None before there was quiet for that time; then the last. */
    public EventOptions debounce(Duration time) {
        return rule("debounce=" + millis(time));
    }

    private static long millis(Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected more than nothing and at most a minute, was " + time);
        }
        return time.toMillis();
    }

    /** The browser does not do what it does by itself with it: follow a link, save the page. */
    public EventOptions preventDefault() {
        return rule("prevent");
    }

    /** What the element is in does not hear of it. */
    public EventOptions stopPropagation() {
        return rule("stop");
    }

    /**
     * Only those keys, of keyboard events, with exactly those modifiers: {@code Enter}, {@code ctrl+s}, {@code shift+Tab},
     * {@code Space}. Names are those of KeyboardEvent.key, upper or lower case.
     */
    public EventOptions keys(String... combinations) {
        for (String combination : combinations) {
            String[] parts = combination.split("\\+", -1);
            for (int at = 0; at < parts.length; at++) {
                boolean last = at == parts.length - 1;
                if (last ? !KEY.matcher(parts[at]).matches() : !MODIFIERS.contains(parts[at])) {
                    throw new IllegalArgumentException(
                            "not a key: '" + combination + "', expected a name such as Enter,"
                                    + " after none or some of " + MODIFIERS + ", with + between");
                }
            }
        }
        return rule("keys=" + String.join("|", combinations).toLowerCase(java.util.Locale.ROOT));
    }

    /** What stands behind the event's name in {@code data-on}. */
    String spec() {
        return (fields.isEmpty() ? "" : ":" + String.join(",", fields)) + rules;
    }
}
