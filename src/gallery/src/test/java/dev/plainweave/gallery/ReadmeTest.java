package dev.plainweave.gallery;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    @Test
    void theFirstExampleRuns(@TempDir Path directory) throws Exception {
        ReadmeExample.check(directory, System.getProperty("java.class.path"));
    }
}
