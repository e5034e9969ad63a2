package dev.plainweave.ui;

/** Elements one below the other. */
public final class Column extends Flex<Column> {
    Column() {
        super("pw-column");
    }
}
