package dev.plainweave.gallery.storm;

/**
 * What a visitor asks for, as JSON.
 *
 * @param fault what the clients shall do: {@code reset}, {@code stall}, {@code flood} or {@code half-close}
 * @param clients how many
 */
record StormOrder(String fault, int clients) {}
