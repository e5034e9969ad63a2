package dev.plainweave.ui;

/** What clients choose, as a part of a line of the log: it must not look like another line. */
final class LogText {
    private static final int LONGEST = 200;

    private LogText() {}

    static String plain(String of) {
        String some = of.length() <= LONGEST ? of : of.substring(0, LONGEST) + "...";
        return some.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
