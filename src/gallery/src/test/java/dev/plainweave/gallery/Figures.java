package dev.plainweave.gallery;

import dev.plainweave.ui.test.User;
import java.util.List;

/** Reads a figure off a page. */
final class Figures {
    private Figures() {}

    /** The number that is shown with that name. */
    static String of(User user, String name) {
        List<String> lines = user.toString().lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).contains("\"" + name + "\"")) {
                String number = lines.get(line + 2);
                int begin = number.indexOf('"') + 1;
                return number.substring(begin, number.indexOf('"', begin));
            }
        }
        throw new AssertionError("no figure " + name + " in\n" + user);
    }
}
