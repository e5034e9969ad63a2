package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmePagesTest {
    private static final Path SOURCE = Path.of("src/test/java/dev/plainweave/ui/ReadmePages.java");
    private static final Pattern SHOWN = Pattern.compile(" *// readme\n(.*?) *// end\n", Pattern.DOTALL);

    @Test
    void whatIsShownOfLivePagesCompiles() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        List<String> shown = SHOWN.matcher(Files.readString(SOURCE))
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .toList();
        assertEquals(2, shown.size());
        shown.forEach(code -> assertTrue(readme.contains(code), () -> "README.md shows something else than\n" + code));
    }
}
