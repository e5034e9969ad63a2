package dev.plainweave.ui;

/** A connection whose browser never says anything, and sees nothing. */
final class Nowhere implements Wire {
    @Override
    public void send(String message) {}

    @Override
    public void send(Object key, String message) {}

    @Override
    public void close(int code, String reason) {}
}
