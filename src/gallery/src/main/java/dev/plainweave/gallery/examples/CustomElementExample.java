package dev.plainweave.gallery.examples;

import dev.plainweave.ui.CustomElement;
import dev.plainweave.ui.Listener;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.ScriptModule;

/** An element of one's own: Java says what it is, a module of its own (dial.js) shows it. */
public final class CustomElementExample {
    /** What one turns. */
    static final class Dial extends CustomElement<Dial> {
        private static final ScriptModule MODULE = ScriptModule.classPath(Dial.class, "dial.js");

        record Turned(int to) {}

        Dial() {
            super(MODULE);
        }

        Dial value(int value) {
            return property("value", value);
        }

        void onTurn(Listener<Turned> listener) {
            onMessage("turn", Turned.class, listener);
        }
    }

    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", CustomElementExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var dial = page.add(new Dial().value(30));
        var said = page.label("Turn it with the mouse, or with the arrow keys.");
        dial.onTurn(turned -> said.text("Turned to " + turned.to() + "."));
        page.button("Back to zero").onClick(() -> dial.value(0));
    }
}
