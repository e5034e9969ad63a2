package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;

/**
 * Text to type.
 *
 * @param <E> its own type
 */
public abstract class TextField<E extends TextField<E>> extends Field<String, E> {
    private volatile int maxLength = 100_000;
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
        return attribute("maxlength", Integer.toString(characters));
    }

    /**
     * Changes what is typed, as it is typed: {@code normalize(String::toUpperCase)}. What comes out must stay the same when
     * it goes in again.
     */
    public final E normalize(UnaryOperator<String> change) {
        normal = change;
        return self();
    }

    /** Lets nobody get by with nothing. */
    public final E required(String complaint) {
        attribute("aria-required", "true");
        return validate(text -> !text.isBlank(), complaint);
    }
}
