package dev.plainweave.server;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/** Which paths require whom. A path that several rules match has to satisfy all of them. */
final class AccessRules {
    private record Rule(PathSpec path, Predicate<? super Principal> allowed) {
        boolean covers(String requested) {
            return path.matched(requested) != null;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /**
     * @param path as for a route: {@code /exact}, {@code /below/*}, or a template
     */
    void add(String path, Predicate<? super Principal> allowed) {
        boolean below = path.equals("/*") || path.endsWith("/*");
        rules.add(new Rule(below ? PathSpec.from(path) : new UriTemplatePathSpec(path), allowed));
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * What is required there. A slash at the end makes no difference, for there are servlets to which it makes none.
     *
     * @param path canonical, as sockets match it, with some characters still percent-encoded
     * @param decoded as servlets match it
     */
    List<Predicate<? super Principal>> of(String path, String decoded) {
        Set<String> spellings = Set.copyOf(List.of(path, bare(path), decoded, bare(decoded)));
        List<Predicate<? super Principal>> required = new ArrayList<>();
        for (Rule rule : rules) {
            if (spellings.stream().anyMatch(rule::covers)) {
                required.add(rule.allowed());
            }
        }
        return required;
    }

    private static String bare(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
