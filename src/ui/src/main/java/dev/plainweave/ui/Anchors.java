package dev.plainweave.ui;

import java.util.regex.Pattern;

/** Names of elements that links lead to. */
final class Anchors {
    /** Those of a {@code w} and a number are the others' already. */
    private static final Pattern NAME = Pattern.compile("(?!w\\d+$)[a-zA-Z][a-zA-Z0-9._-]{0,99}");

    private Anchors() {}

    /** The name, if that node may have it. Under the lock. */
    static String checked(String name, Node node) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for an element: expected a letter and up to 99"
                            + " letters, digits, '-', '_' and '.', and not 'w' with digits only");
        }
        Tree tree = node.tree;
        if (tree != null && tree.hasOther(node, Node.ID, name)) {
            throw new IllegalArgumentException("there is another '" + name + "' on this page");
        }
        return name;
    }
}
