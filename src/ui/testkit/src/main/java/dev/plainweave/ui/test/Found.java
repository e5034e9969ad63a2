package dev.plainweave.ui.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An element that was found on the page, as the user has it before him. What he does there needs an element that he can
 * operate: one that is hidden, disabled, behind a dialog, or gone is waited for, and then fails the test.
 */
public final class Found {
    private final User user;
    private final Tab tab;
    private final Shown shown;

    Found(User user, Tab tab, Shown shown) {
        this.user = user;
        this.tab = tab;
        this.shown = shown;
    }

    // What the user does.

    /** Clicks it: a link is followed, a box ticked, anything else hears of it, or what it is in. */
    public Found click() {
        operable("clicked");
        boolean heard = tab.fire(shown, "click", Map.of());
        if (shown.role().equals("radio")) {
            group().choose(tab.look(view -> view.name(shown)));
        } else if (shown.has(".checked")) {
            tick(!shown.property(".checked").equals("true"));
        } else if (shown.tag.equals("a") && shown.has("href")) {
            user.follow(shown.property("href"));
        } else if (!heard) {
            throw new AssertionError("nothing hears a click on " + this + "; there is\n" + user);
        }
        return this;
    }

    /** Types into it, instead of what is there: letter by letter, and then goes on to something else. */
    public Found type(String text) {
        operable("typed into");
        for (int end = text.isEmpty() ? 0 : 1; end <= text.length(); end++) {
            tab.edit(shown, text.substring(0, end));
        }
        return commit();
    }

    /** Types into it, instead of what is there, and stays. */
    public Found typeOn(String text) {
        operable("typed into");
        tab.edit(shown, text);
        return this;
    }

    /** Empties it, and goes on to something else. */
    public Found clear() {
        return type("");
    }

    /** The radio buttons that it is one of. */
    private Found group() {
        return found(
                () -> tab.look(view -> view.path(shown).stream()
                        .filter(around -> around.role().equals("radiogroup"))
                        .findFirst()),
                () -> this + " is in no group");
    }

    private Found commit() {
        if (shown.hears("commit")) {
            tab.event(shown, "commit", Map.of());
        }
        return this;
    }

    /** Presses Enter in it. */
    public Found enter() {
        return press("Enter");
    }

    /**
     * Presses a key in it, by its name in the browser ({@code KeyboardEvent.key}): {@code a}, {@code ArrowDown}; with {@code
     * ctrl+}, {@code alt+}, {@code shift+} or {@code meta+} before it for those that are held.
     */
    public Found press(String key) {
        operable("written in");
        boolean heard = tab.fire(shown, "keydown", pressed(key));
        if (key.equals("Enter") && shown.hears("enter")) {
            tab.event(shown, "enter", Map.of());
            heard = true;
        }
        if (!heard) {
            throw new AssertionError("nothing hears the key " + key + " in " + this + "; there is\n" + user);
        }
        return this;
    }

    private static Map<String, Object> pressed(String combination) {
        List<String> parts = List.of(combination.split("\\+", -1));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", parts.getLast());
        for (String held : List.of("ctrl", "alt", "shift", "meta")) {
            fields.put(held + "Key", parts.subList(0, parts.size() - 1).contains(held));
        }
        return fields;
    }

    /** Has an event of the browser's happen there, with those fields; or a message of a module's, {@code .name}. */
    public Found fire(String domEvent, Map<String, ?> fields) {
        if (!tab.fire(shown, domEvent, fields)) {
            throw new AssertionError("nothing hears a " + domEvent + " at " + this + "; there is\n" + user);
        }
        return this;
    }

    /** Ticks it, or not. */
    public Found tick(boolean on) {
        operable("ticked");
        tab.edit(shown, on);
        return commit();
    }

    /** Chooses the option of that name; where several can be chosen, those, and no other. */
    public Found choose(String option, String... more) {
        operable("chosen from");
        List<String> keys = new ArrayList<>(List.of(key(option)));
        for (String another : more) {
            keys.add(key(another));
        }
        boolean list = shown.has("multiple") || shown.role().equals("radiogroup");
        tab.edit(shown, list ? keys : keys.getFirst());
        return commit();
    }

    private String key(String option) {
        return user.value(
                () -> tab.look(view -> view.visible(shown.id).stream()
                        .filter(inside -> inside.tag.equals("option")
                                ? inside.ownText().equals(option)
                                : inside.role().equals("radio")
                                        && view.name(inside).equals(option))
                        .filter(inside -> !inside.has("disabled"))
                        .findFirst()
                        .map(inside -> inside.property("value"))),
                () -> "there is no option \"" + option + "\" that can be chosen in " + this);
    }

    private void operable(String how) {
        user.until(() -> obstacle().isEmpty(), () -> this + " cannot be " + how + ": " + obstacle());
    }

    private String obstacle() {
        return tab.look(view -> view.obstacle(shown));
    }

    // What is in it.

    /** The element in it of that text, or the field of that label. */
    public Found find(String text) {
        return found(
                () -> tab.look(view -> view.find(shown.id, text)),
                () -> "no element in " + this + " says \"" + text + "\"");
    }

    /** The first element in it of that role; see {@link User#findRole(String)}. */
    public Found findRole(String role) {
        return found(
                () -> tab.look(view -> view.first(
                        shown.id, inside -> inside != shown && inside.role().equals(role))),
                () -> "there is no " + role + " in " + this);
    }

    private Found found(Supplier<Optional<Shown>> search, Supplier<String> otherwise) {
        return new Found(user, tab, user.value(search, otherwise));
    }

    /** The elements in it that can be seen, of that role, now. */
    public List<Found> all(String role) {
        return tab.look(view -> view.visible(shown.id)).stream()
                .filter(inside -> inside != shown && inside.role().equals(role))
                .map(inside -> new Found(user, tab, inside))
                .toList();
    }

    // What it is like.

    /** What it shows: what is typed, {@code true} or {@code false} of a box, or its text. */
    public String text() {
        return tab.text(shown);
    }

    /** Its text, with those of all that is in it that can be seen, separated by spaces. */
    public String allText() {
        return tab.look(view -> view.allText(shown));
    }

    /** Waits until it shows that, and nothing else. */
    public Found shouldSay(String text) {
        user.until(() -> text().equals(text), () -> this + " does not say \"" + text + "\", but \"" + text() + "\"");
        return this;
    }

    /** What it is to a screen reader. */
    public String role() {
        return tab.look(view -> shown.role());
    }

    /** Its tag in HTML. */
    public String tag() {
        return shown.tag;
    }

    /** Its number in the page. */
    public int id() {
        return shown.id;
    }

    /** An attribute, empty where there is none. */
    public String attribute(String name) {
        return tab.attribute(shown, name);
    }

    /** Whether it has an attribute, or a class where the name begins with a dot. */
    public boolean has(String name) {
        return name.startsWith(".")
                ? List.of(attribute("class").split(" ", -1)).contains(name.substring(1))
                : tab.look(view -> shown.has(name));
    }

    /** Whether the user could operate it now: there, to be seen, enabled, and behind no dialog. */
    public boolean isOperable() {
        return obstacle().isEmpty();
    }

    /** What the page holds there for a property that is none of HTML's, such as the rows of a table; a missing node where there is none. */
    public JsonNode property(String name) {
        return tab.look(view -> shown.properties.getOrDefault(name, MissingNode.getInstance()));
    }

    @Override
    public String toString() {
        return tab.look(view ->
                shown.tag + "#" + shown.id + (view.name(shown).isEmpty() ? "" : " \"" + view.name(shown) + "\""));
    }
}
