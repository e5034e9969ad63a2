package dev.plainweave.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One server to compare.
 *
 * @param name as printed, and given to {@code --variants}
 * @param target what to start, after {@code java} and the common flags
 * @param echoPath the WebSocket echo
 * @param requires a file without which it cannot start
 */
public record Variant(String name, List<String> target, String echoPath, Optional<Path> requires) {
    /** Every variant answers a plain GET here. */
    public static final String HTTP_PATH = "/health";

    public static final String NATIVE_BLOCKING = "native-blocking";
    public static final String NATIVE_SELECTOR = "native-selector";
    public static final String JAKARTA_BLOCKING = "jakarta-blocking";
    public static final String JAR_JAKARTA_SELECTOR = "jar-jakarta-selector";
    public static final String JAKARTA_SELECTOR = "jakarta-selector";
    public static final String FLOOR = "floor";
    public static final String HELIDON = "helidon";

    /** All of them; those of the product run from its jar. */
    public static List<Variant> all(Path jar) {
        return List.of(
                ofJar(NATIVE_BLOCKING, jar, "blocking", "/echo"),
                ofJar(NATIVE_SELECTOR, jar, "selector", "/echo"),
                ofJar(JAKARTA_BLOCKING, jar, "blocking", "/jakarta/echo"),
                ofJar(JAR_JAKARTA_SELECTOR, jar, "selector", "/jakarta/echo"),
                ofMain(JAKARTA_SELECTOR, "JakartaSelectorServer"),
                ofMain(FLOOR, "FloorServer"),
                ofMain(HELIDON, "HelidonServer"));
    }

    /** Whether it is the product, which must pass every check before it is measured. */
    public boolean product() {
        return name.startsWith("native-");
    }

    /** The whole command line. */
    public List<String> command(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(target);
        return command;
    }

    private static Variant ofJar(String name, Path jar, String io, String echoPath) {
        return new Variant(
                name,
                List.of("-jar", jar.toString(), "--port", "0", "--host", "127.0.0.1", "--io", io),
                echoPath,
                Optional.of(jar));
    }

    private static Variant ofMain(String name, String main) {
        return new Variant(
                name,
                List.of("-cp", System.getProperty("java.class.path"), "dev.plainweave.bench.variant." + main),
                "/echo",
                Optional.empty());
    }
}
