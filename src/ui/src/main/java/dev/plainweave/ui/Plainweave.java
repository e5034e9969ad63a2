package dev.plainweave.ui;

/**
 * Where an application with live pages begins.
 *
 * <pre>{@code
 * Plainweave.builder().page("/", page -> {
 *     Label time = page.label("");
 *     page.every(Duration.ofSeconds(1), () -> time.text(LocalTime.now().toString()));
 * }).start(8080).awaitStop();
 * }</pre>
 */
public final class Plainweave {
    private Plainweave() {}

    /** A builder with every default. */
    public static PlainweaveBuilder builder() {
        return new PagesBuilder();
    }
}
