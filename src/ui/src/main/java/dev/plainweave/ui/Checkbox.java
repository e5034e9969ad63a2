package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;

/** A box to tick, or a switch. */
public final class Checkbox extends Field<Boolean, Checkbox> {
    Checkbox(String label, boolean asSwitch) {
        super(new Node("input"), label, false);
        input.put("class", "form-check-input");
        input.put("type", "checkbox");
        if (asSwitch) {
            input.put("role", "switch");
        }
        input.put(Node.CHECKED, false);
        assemble(asSwitch ? "form-check form-switch" : "form-check", "form-check-label", false);
    }

    @Override
    String property() {
        return Node.CHECKED;
    }

    @Override
    Boolean parse(JsonNode raw) {
        return raw.asBoolean();
    }

    @Override
    Object text(Boolean of) {
        return of;
    }

    @Override
    Boolean empty() {
        return false;
    }
}
