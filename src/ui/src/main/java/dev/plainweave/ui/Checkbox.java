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

    /**
     * Shows neither: of what it stands for, some is so and some is not. Its value is false; the user's next click ticks it, and
     * any value that the program sets shows that.
     */
    public Checkbox indeterminate() {
        change(() -> {
            value(false);
            set(input, Node.CHECKED, Node.MIXED);
        });
        return this;
    }

    /** Whether it shows neither. */
    public boolean isIndeterminate() {
        return read(() -> Node.MIXED.equals(input.get(Node.CHECKED)));
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
