import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What this project's Java code may not contain, found outside comments and string literals. */
public final class Bans {
    private static final Map<String, Pattern> EVERYWHERE = Map.of(
            "synchronized pins carriers on JDK 21 to 23: use ReentrantLock", Pattern.compile("\\bsynchronized\\b"),
            "an exception's text is localised: classify by type and place",
                    Pattern.compile("getMessage\\(\\)\\s*\\.\\s*(contains|startsWith|endsWith|equals|matches|indexOf)"),
            "another project's internal package",
                    Pattern.compile("\\bimport\\s+(static\\s+)?(?!dev\\.plainweave)[\\w.]*\\.internal\\."));
    private static final Map<String, Pattern> IN_TESTS =
            Map.of("a test waits for a condition, it does not sleep", Pattern.compile("\\bThread\\s*\\.\\s*sleep\\b"));

    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'",
            Pattern.DOTALL);

    public static void main(String[] arguments) throws IOException {
        int found = 0;
        for (String name : Files.readAllLines(Path.of(arguments[0]))) {
            if (name.startsWith(".ci/")) {
                continue;
            }
            String code = blank(Files.readString(Path.of(name)));
            for (Map<String, Pattern> bans :
                    name.contains("/src/test/") ? List.of(EVERYWHERE, IN_TESTS) : List.of(EVERYWHERE)) {
                for (Map.Entry<String, Pattern> ban : bans.entrySet()) {
                    var matcher = ban.getValue().matcher(code);
                    while (matcher.find()) {
                        long line = code.substring(0, matcher.start()).lines().count() + 1;
                        System.err.println(name + ":" + line + ": " + matcher.group() + ": " + ban.getKey());
                        found++;
                    }
                }
            }
        }
        if (found > 0) {
            System.err.println(found + " banned constructs");
            System.exit(1);
        }
    }

    /** The same text with comments and literals blanked out, line breaks kept. */
    private static String blank(String code) {
        return COMMENT_OR_LITERAL
                .matcher(code)
                .replaceAll(match -> "\n".repeat((int) match.group()
                        .chars()
                        .filter(character -> character == '\n')
                        .count()));
    }
}
