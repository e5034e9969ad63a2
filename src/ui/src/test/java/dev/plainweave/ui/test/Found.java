package dev.plainweave.ui.test;

import java.util.Map;

/** An element that was found on the page, as the user has it before him. */
public final class Found {
    private final Tab tab;
    private final Tab.Shown shown;

    Found(Tab tab, Tab.Shown shown) {
        this.tab = tab;
        this.shown = shown;
    }

    /** Clicks it. */
    public Found click() {
        tab.event(shown, "click", Map.of());
        return this;
    }

    /** Types into it, instead of what is there: letter by letter, and then goes on to something else. */
    public Found type(String text) {
        for (int end = text.isEmpty() ? 0 : 1; end <= text.length(); end++) {
            tab.edit(shown, text.substring(0, end));
        }
        tab.event(shown, "commit", Map.of());
        return this;
    }

    /** Presses Enter in it. */
    public Found enter() {
        tab.event(shown, "enter", Map.of());
        return this;
    }

    /** Ticks it, or not. */
    public Found tick(boolean on) {
        tab.edit(shown, on);
        tab.event(shown, "commit", Map.of());
        return this;
    }

    /** Chooses the option of that name. */
    public Found choose(String option) {
        tab.edit(shown, tab.option(shown, option));
        tab.event(shown, "commit", Map.of());
        return this;
    }

    /** What it shows: its text, or what is typed. */
    public String text() {
        return tab.text(shown);
    }

    /** An attribute, empty where there is none. */
    public String attribute(String name) {
        return tab.attribute(shown, name);
    }
}
