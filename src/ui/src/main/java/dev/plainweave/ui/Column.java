package dev.plainweave.ui;

/** Elements one below the other. */
public final class Column extends Box<Column> {
    Column() {
        super("div");
        node.put("class", "pw-column");
    }
}
