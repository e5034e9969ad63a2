package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Checkbox;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.List;

/** Boxes to tick; one stands for several others, and may be neither. */
public final class CheckboxExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", CheckboxExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var agree = page.checkbox("I have read all of it");
        var go = page.button("Go on").enabled(false);
        agree.onChange(change -> go.enabled(change.value()));
        go.onClick(() -> page.toast("Really?"));

        page.separator();
        var all = page.checkbox("All colours").indeterminate();
        var each = List.of(page.checkbox("Warp").value(true), page.checkbox("Weft"), page.checkbox("Selvedge"));
        all.onChange(change -> each.forEach(box -> box.value(change.value())));
        each.forEach(box -> box.onChange(change -> {
            long ticked = each.stream().filter(Checkbox::value).count();
            if (ticked == 0 || ticked == each.size()) {
                all.value(ticked > 0);
            } else {
                all.indeterminate();
            }
        }));
    }
}
