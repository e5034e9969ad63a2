package dev.plainweave.ui;

/** What was typed is no value of the field. */
final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final String complaint;

    Rejected(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    /** In words for the user. */
    String complaint() {
        return complaint;
    }
}
