package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.math.BigDecimal;

/** A number, exact, or none: what is typed is never rounded. */
public final class NumberExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", NumberExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var length = page.number("Length in metres", 2.5).range(0.1, 100);
        var price = page.label("");
        length.onChange(change -> change.value()
                .map(metres -> metres.multiply(new BigDecimal("18.90")))
                .ifPresent(total -> price.text(total.toPlainString() + " at 18.90 a metre")));
    }
}
