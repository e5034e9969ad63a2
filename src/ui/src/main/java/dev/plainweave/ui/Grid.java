package dev.plainweave.ui;

/** Elements in columns of equal width. */
public final class Grid extends Box<Grid> {
    private static final int MOST = 6;

    Grid(int columns) {
        super("div");
        if (columns < 1 || columns > MOST) {
            throw new IllegalArgumentException("a grid has 1 to " + MOST + " columns, was " + columns);
        }
        node.put("class", "pw-grid pw-grid-" + columns);
    }
}
