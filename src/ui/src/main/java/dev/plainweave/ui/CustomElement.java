package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Registration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An element of the application's own: Java says what it is, a module of its own shows it.
 *
 * <pre>{@code
 * final class Gauge extends CustomElement<Gauge> {
 *     private static final ScriptModule MODULE = ScriptModule.classPath(Gauge.class, "gauge.js");
 *
 *     record Turned(double to) {}
 *
 *     Gauge()                                   { super(MODULE); }
 *     Gauge value(double value)                 { return property("value", value); }
 *     Registration onTurn(Listener<Turned> does) { return onMessage("turn", Turned.class, does); }
 *     double angle()                            { return call("angle").get(Double.class); }
 * }
 *
 * Gauge gauge = page.add(new Gauge().value(3));
 * }</pre>
 *
 * <p>The module exports one function, which is called once for each element, when it has come into the document:
 *
 * <pre>{@code
 * export function mount(element, properties, page) {     // an element that is all its own
 *     const needle = document.createElement('button')
 *     element.append(needle)
 *     needle.addEventListener('click', () => page.send('turn', { to: 4 }))
 *     const show = properties => { needle.textContent = properties.value }
 *     show(properties)
 *     return {
 *         update: show,                 // when properties have changed: all of them, and the names of those that have
 *         angle: () => 42,              // what Java calls; a promise is waited for, what is thrown reaches Java
 *         unmount() {}                  // when the element has gone
 *     }
 * }
 * }</pre>
 *
 * <p>It may be asynchronous. {@code page.base} is the base path. The policy of pages holds for it too: no inline scripts, no
 * other servers; styles by script are allowed. A module that cannot be loaded, or throws while it mounts, is told in
 * the log, and in its place on the page.
 *
 * <p>Properties are state: a browser that was away gets their latest values, and an element that lives on is updated, not
 * mounted again. Calls are commands: each runs once, in order, after the changes made before it.
 *
 * @param <E> its own type
 */
public abstract class CustomElement<E extends CustomElement<E>> extends Element<E> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,50}");

    private final ScriptModule module;

    /** An element that this module shows, in a {@code div}. */
    protected CustomElement(ScriptModule module) {
        super("div");
        this.module = module;
        node.put("class", "pw-custom");
        node.put(Node.MODULE, module.path());
    }

    @Override
    final void attach(LivePage to) {
        to.pages.modules().publish(module);
        super.attach(to);
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name: expected letters, digits and underscores");
        }
        return name;
    }

    /**
     * Sets a property. Only those that change are sent.
     *
     * @param value what Jackson can write; it is written at once, so later changes of the object itself are not seen
     * @throws IllegalArgumentException if Jackson cannot
     */
    protected final E property(String name, Object value) {
        set(node, Node.OWN + checked(name), Json.of(value));
        return self();
    }

    /** Takes a property away: the module finds it undefined. */
    protected final E removeProperty(String name) {
        set(node, Node.OWN + checked(name), null);
        return self();
    }

    /**
     * Sets several properties, as one change.
     *
     * @param record each of its components, as Jackson writes them, is a property
     */
    protected final E properties(Record record) {
        JsonNode all = FrameEncoder.JSON.valueToTree(record);
        change(() -> {
            for (Map.Entry<String, JsonNode> one : all.properties()) {
                property(one.getKey(), one.getValue());
            }
        });
        return self();
    }

    /** What is shown in its place until the module has mounted it: for readers without scripts, and while it loads. */
    public final E alternative(String text) {
        set(node, Node.TEXT, text.isEmpty() ? null : text);
        return self();
    }

    /** Hears what the module sends by {@code page.send(name, data)}, in order. */
    protected final <T> Registration onMessage(String name, Class<T> type, Listener<? super T> listener) {
        return onMessage(name, type, EventPolicy.QUEUE, listener);
    }

    /**
     * Hears what the module sends by {@code page.send(name, data)}. Like all that comes from a browser it is what
     * somebody claims. Data that are no such thing are told in the log, of one module and name once a minute, and counted.
     *
     * @param type what the data are read as, by Jackson: a record, for example
     */
    protected final <T> Registration onMessage(
            String name, Class<T> type, EventPolicy policy, Listener<? super T> listener) {
        return subscribe(node, Node.MESSAGE + checked(name), policy, data -> {
            T message;
            try {
                message = Incoming.as(data, type);
            } catch (JsonProcessingException other) {
                live().ignored();
                if (live().pages.modules().mayComplain(module.path() + " " + name)) {
                    String why = LogText.plain(String.valueOf(other.getOriginalMessage()));
                    LOGGER.warn("the message {} of {} is no {}: {}", name, this, type.getName(), why);
                }
                return;
            }
            listener.on(message);
        });
    }

    /**
     * Calls a method of what the module's {@code mount} has returned, once, when it is mounted. Who waits for one of an element
     * that is removed before the browser has come to it gets a {@link JsException}.
     *
     * @param jsonArguments what Jackson can write
     * @throws IllegalStateException if it is in no page yet, or was removed
     */
    protected final JsCall call(String method, Object... jsonArguments) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Json arguments = Json.of(List.of(jsonArguments));
        command(node, new Command("call", List.of(node.id, checked(method), arguments), answer));
        return new JsCall(live(), answer);
    }
}
