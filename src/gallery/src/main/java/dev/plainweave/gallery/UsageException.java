package dev.plainweave.gallery;

/** The command line or the environment asks for something that cannot be done; the message is for the user. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
