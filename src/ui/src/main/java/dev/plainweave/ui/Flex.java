package dev.plainweave.ui;

/**
 * Elements in a line, side by side or one below the other.
 *
 * @param <E> its own type
 */
public abstract class Flex<E extends Flex<E>> extends Box<E> {
    private static final int MOST_GAP = 5;

    /** Where elements are, across the line. */
    public enum Align {
        /** At its beginning: the top of a row, the left of a column. */
        START,
        /** In its middle. */
        CENTER,
        /** At its end. */
        END,
        /** All over it. */
        STRETCH,
        /** The lines of their texts at the same height. */
        BASELINE
    }

    /** Where elements are, along the line, when there is room left. */
    public enum Justify {
        /** At its beginning. */
        START,
        /** In its middle. */
        CENTER,
        /** At its end. */
        END,
        /** The first at its beginning, the last at its end, the others evenly between. */
        BETWEEN,
        /** The same room around each. */
        AROUND,
        /** The same room between each two, and before the first and behind the last. */
        EVENLY
    }

    Flex(String css) {
        super("div");
        node.put("class", css);
    }

    /**
     * How much room is between elements.
     *
     * @param step 0 for none, to 5 for the most: Bootstrap's steps, of 0, 0.25, 0.5, 1, 1.5, 3 rem
     */
    public final E gap(int step) {
        if (step < 0 || step > MOST_GAP) {
            throw new IllegalArgumentException("a gap is 0 to " + MOST_GAP + ", was " + step);
        }
        return instead("gap-", "gap-" + step);
    }

    /** Where elements are, across the line. */
    public final E align(Align align) {
        return instead("align-items-", "align-items-" + css(align));
    }

    /** Where elements are, along the line. {@link Justify#START}. */
    public final E justify(Justify justify) {
        return instead("justify-content-", "justify-content-" + css(justify));
    }

    private static String css(Enum<?> choice) {
        return choice.name().toLowerCase(java.util.Locale.ROOT);
    }
}
