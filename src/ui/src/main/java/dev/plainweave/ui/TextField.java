package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text to type.
 *
 * @param <E> its own type
 */
public abstract class TextField<E extends TextField<E>> extends Field<String, E> {
    private static final Pattern TOKENS = Pattern.compile("[a-z0-9-]+( [a-z0-9-]+)*");

    private @Nullable Registration debounce;
    private volatile int maxLength = 100_000;
    private @Nullable Node counter;
    private @Nullable Node left;
    private volatile UnaryOperator<String> normal = text -> text;

    TextField(String tag, String label) {
        super(new Node(tag), label, "");
        input.put("class", "form-control");
        input.put(Node.VALUE, "");
        assemble("pw-field", "form-label", true);
    }

    @Override
    final String parse(JsonNode raw) {
        String typed = raw.asText();
        String some = typed.length() <= maxLength ? typed : typed.substring(0, maxLength);
        return normal.apply(some);
    }

    @Override
    final Object text(String of) {
        return of;
    }

    @Override
    final String empty() {
        return "";
    }

    @Override
    final boolean isMissing(String what) {
        return what.isBlank();
    }

    /** A hint that is shown while it is empty. */
    public final E placeholder(String text) {
        return attribute("placeholder", text);
    }

    /** How many characters (UTF-16) it takes at most, whatever the browser sends. 100,000. */
    public final E maxLength(int characters) {
        if (characters < 1) {
            throw new IllegalArgumentException("maxLength must be at least 1, was " + characters);
        }
        maxLength = characters;
        change(() -> changedTo(value()));
        return attribute("maxlength", Integer.toString(characters));
    }

    /**
     * Shows below it how many characters are there, of how many there may be; see {@link #maxLength}. In the last tenth, screen
     * readers say how many are left.
     */
    public final E counter() {
        change(() -> {
            if (counter == null) {
                counter = line("form-text pw-counter", "aria-hidden", "true"); // not to be read out with each key
                left = line("visually-hidden", "aria-live", "polite");
            }
            changedTo(value());
        });
        return self();
    }

    private Node line(String css, String attribute, String value) {
        Node line = new Node("div");
        line.put("class", css);
        line.put(attribute, value);
        node.place(below(), line);
        return line;
    }

    @Override
    final void changedTo(String now) {
        if (counter != null && left != null) {
            int rest = maxLength - now.length();
            set(counter, Node.TEXT, String.format(Locale.ROOT, "%,d / %,d", now.length(), maxLength));
            set(
                    left,
                    Node.TEXT,
                    rest > maxLength / 10 ? "" : rest == 1 ? "1 character left" : rest + " characters left");
        }
    }

    /**
     * Changes what is typed, as it is typed: {@code normalize(String::toUpperCase)}. What comes out must stay the same when
     * it goes in again.
     */
    public final E normalize(UnaryOperator<String> change) {
        normal = change;
        return self();
    }

    /**
     * What is typed is told when there has been quiet for that time, or the user does something else; not with each key.
     *
     * @param quiet at most 10 s
     */
    public final E debounce(Duration quiet) {
        if (quiet.isNegative() || quiet.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("expected 0 to 10 s of quiet, was " + quiet);
        }
        change(() -> {
            if (debounce != null) {
                debounce.close();
            }
            debounce = quiet.isZero()
                    ? null
                    : subscribe(input, "debounce;" + quiet.toMillis(), EventPolicy.PARALLEL, none -> {});
        });
        return self();
    }

    /** What the browser may fill in by itself: {@code email}, {@code current-password}, {@code off}; WHATWG HTML names all. */
    public final E autocomplete(String tokens) {
        if (!TOKENS.matcher(tokens).matches()) {
            throw new IllegalArgumentException("no tokens of autocomplete: '" + tokens + "'");
        }
        return attribute("autocomplete", tokens);
    }

    /** Whether the browser looks for spelling mistakes. */
    public final E spellcheck(boolean on) {
        return attribute("spellcheck", Boolean.toString(on));
    }
}
