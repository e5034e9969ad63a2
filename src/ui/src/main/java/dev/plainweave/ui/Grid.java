package dev.plainweave.ui;

/** Elements in columns of equal width. */
public final class Grid extends Box<Grid> {
    private static final int MOST = 6;
    private static final int MOST_GAP = 5;

    Grid(int columns) {
        super("div");
        node.put("class", "pw-grid");
        columns(columns);
    }

    static void check(int columns) {
        if (columns < 1 || columns > MOST) {
            throw new IllegalArgumentException("a grid has 1 to " + MOST + " columns, was " + columns);
        }
    }

    /**
     * In how many columns they are where there is room for them.
     *
     * @param columns 1 to 6
     */
    public Grid columns(int columns) {
        check(columns);
        return instead("pw-grid-", "pw-grid-" + columns);
    }

    /**
     * How much room is between elements.
     *
     * @param step 0 for none, to 5 for the most
     */
    public Grid gap(int step) {
        if (step < 0 || step > MOST_GAP) {
            throw new IllegalArgumentException("a gap is 0 to " + MOST_GAP + ", was " + step);
        }
        return instead("gap-", "gap-" + step);
    }
}
