package dev.plainweave.ui;

/** Elements side by side. */
public final class Row extends Flex<Row> {
    Row() {
        super("pw-row");
    }

    /** Whether those that have no room go to another line. They do. */
    public Row wrap(boolean wrap) {
        return instead("flex-nowrap", wrap ? "" : "flex-nowrap");
    }
}
