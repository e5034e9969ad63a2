package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;

/** An element of an application's own, for tests. */
final class Gauge extends CustomElement<Gauge> {
    static final ScriptModule MODULE =
            ScriptModule.classPath(Gauge.class, "custom/gauge.js", "custom/words.js", "custom/gauge.css");
    static final ScriptModule BROKEN = ScriptModule.classPath(Gauge.class, "custom/broken.js");

    record Scale(int most, String unit) {}

    record Turned(int to, String how) {}

    record Twice(int twice, int from) {}

    Gauge() {
        this(MODULE);
    }

    Gauge(ScriptModule module) {
        super(module);
    }

    Gauge value(Object value) {
        return property("value", value);
    }

    Gauge scale(Scale scale) {
        return properties(scale);
    }

    Gauge noScale() {
        return removeProperty("most");
    }

    Registration onTurned(Listener<Turned> listener) {
        return onMessage("turned", Turned.class, listener);
    }

    JsCall method(String name, Object... arguments) {
        return call(name, arguments);
    }
}
