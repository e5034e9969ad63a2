package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every text that any method of any element takes is text: tried with all there are, found by reflection. */
class XssTest {
    private static final String EVIL =
            "\"'><img src=x onerror=\"window.evil=1\"></textarea></title></select><script>window.evil=1</script>&lt;";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What waits, goes elsewhere, or takes the element away. */
    private static final Set<String> LEFT_OUT = Set.of(
            "remove",
            "await",
            "awaitClick",
            "page",
            "on",
            "onClick",
            "equals",
            "wait",
            "notify",
            "notifyAll",
            "cancel",
            "close",
            "clear",
            "moveTo",
            "visible",
            "enabled",
            "bindVisible",
            "bindEnabled",
            "persistent",
            "add",
            "html");

    private final Set<String> tried = new TreeSet<>();

    /** Makes each kind of element that a container can make. */
    private void build(Page page) {
        page.title(EVIL);
        for (Method maker : Container.class.getMethods()) {
            if (maker.getName().equals("add") || !Element.class.isAssignableFrom(maker.getReturnType())) {
                continue;
            }
            call(page, maker).ifPresent(made -> {
                if (made instanceof Element<?> element) {
                    use(element);
                }
            });
        }
        Dialog<String> dialog = page.dialog();
        use(dialog);
        use(page.add(new Gauge()).value(EVIL));
        dialog.open();
    }

    private void use(Element<?> element) {
        List<Method> methods = new ArrayList<>(Arrays.asList(element.getClass().getMethods()));
        methods.removeIf(method -> LEFT_OUT.contains(method.getName()) || Modifier.isStatic(method.getModifiers()));
        methods.sort((one, other) -> one.toString().compareTo(other.toString()));
        methods.forEach(method -> call(element, method));
        if (element instanceof Log log) {
            log.push(EVIL, EVIL);
        }
    }

    private Optional<Object> call(Object on, Method method) {
        Object[] arguments =
                Arrays.stream(method.getParameterTypes()).map(this::argument).toArray();
        if (Arrays.stream(method.getParameterTypes()).anyMatch(type -> type == String.class || type == List.class)) {
            tried.add(on.getClass().getSimpleName() + "." + method.getName());
        }
        try {
            return Optional.ofNullable(method.invoke(on, arguments));
        } catch (InvocationTargetException refused) {
            boolean said = refused.getCause() instanceof IllegalArgumentException
                    || refused.getCause() instanceof IllegalStateException
                    || refused.getCause() instanceof ClassCastException; // a text where the element has another type
            assertTrue(said, method + " threw " + refused.getCause());
            return Optional.empty();
        } catch (IllegalAccessException notPublic) {
            throw new AssertionError(notPublic);
        }
    }

    private Object argument(Class<?> type) {
        if (type == String.class || type == Object.class) {
            return EVIL;
        } else if (type == boolean.class) {
            return true;
        } else if (type == int.class) {
            return 2;
        } else if (type == double.class) {
            return 2.0;
        } else if (type == List.class) {
            return List.of(EVIL);
        } else if (type == String[].class || type == Object[].class) {
            return type == String[].class ? new String[] {EVIL} : new Object[] {EVIL};
        } else if (type == Optional.class) {
            return Optional.of(EVIL);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type == Class.class) {
            return Button.Look.class;
        } else if (type == Number.class) {
            return 2;
        } else if (type == Duration.class) {
            return Duration.ofMillis(5);
        } else if (type == Locale.class) {
            return Locale.ROOT;
        } else if (type == Property.class || type == Observable.class) {
            return Property.of(EVIL);
        } else if (type == Function.class) {
            return (Function<Object, Object>) value -> EVIL;
        } else if (type == UnaryOperator.class) {
            return (UnaryOperator<Object>) value -> value;
        } else if (type == Predicate.class) {
            return (Predicate<Object>) value -> false;
        } else if (type == Consumer.class) {
            return (Consumer<Object>) value -> {};
        } else if (type == Validator.class) {
            return (Validator<Object>) value -> Optional.of(EVIL);
        } else if (type == Listener.class) {
            return (Listener<Object>) value -> {};
        } else if (type == Action.class) {
            return (Action) () -> {};
        } else if (type == EventPolicy.class) {
            return EventPolicy.QUEUE;
        } else if (type == java.nio.file.Path.class) {
            return java.nio.file.Path.of("/nowhere");
        } else if (type == byte[].class) {
            return new byte[] {1};
        } else if (type == Field[].class) {
            return new Field<?, ?>[0];
        }
        throw new AssertionError("this test has no value for a " + type + ": add one");
    }

    @Test
    void aTextIsTextInTheFirstPageAndInAllThatFollows() throws Exception {
        PageFunction both = page -> {
            build(page);
            page.button("again").onClick(() -> {
                build(page);
                page.toast(EVIL);
                page.toast(Toast.error(EVIL).action(EVIL, () -> {}).at(Toast.Place.TOP));
                page.label("built");
            });
        };
        try (WebServer server = Sites.one().page("/", both).start(0);
                Browser browser = Browser.start()) {
            browser.expect(complaint -> complaint.contains("404")
                    || complaint.contains("Failed to load resource")
                    || complaint.contains("img-src")); // pictures that are at no such address
            browser.open(server.uri().toString());
            await().atMost(PATIENCE).until(() -> browser.state().equals("live"));
            clean(browser);
            browser.run("[...document.querySelectorAll('button')].find(b => b.textContent === 'again').click()");
            await().atMost(PATIENCE).until(() -> browser.text().contains("built"));
            await().atMost(PATIENCE)
                    .until(() -> browser.run("return document.querySelectorAll('.pw-toast').length")
                            .equals(2L));
            clean(browser);
            assertTrue(tried.size() > 40, tried.toString());
            browser.open("about:blank");
        }
    }

    private static void clean(Browser browser) {
        assertEquals(0L, browser.run("return document.querySelectorAll('body script, [onerror], img[src=x]').length"));
        assertEquals(false, browser.run("return 'evil' in window"));
        Object handlers = browser.run("return [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"
                + ".filter(name => name.startsWith('on') || !/^[a-z_:][a-z0-9_:.-]*$/i.test(name))");
        assertEquals(List.of(), handlers);
    }
}
