package dev.plainweave.ui;

/** Elements side by side. */
public final class Row extends Box<Row> {
    Row() {
        super("div");
        node.put("class", "pw-row");
    }
}
