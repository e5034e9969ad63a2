package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the picture at the top of the README, a storm in progress. With {@code -Dpicture=true} only: the minute that the
 * chart shows must pass first.
 */
@EnabledIfSystemProperty(named = "picture", matches = "true")
class ReadmePictureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void aStormInProgress() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING);
                Browser browser = Browser.start()) {
            browser.screen(1240, 1010, 1.75, "light");
            browser.open(server.uri() + "storm");
            awaitPoints(browser, 12);
            browser.clickButton("Half-close");
            awaitPoints(browser, 22);
            browser.clickButton("Stall");
            awaitPoints(browser, 34);
            browser.clickButton("50");
            browser.clickButton("Reset");
            awaitPoints(browser, 36);
            browser.run("document.activeElement.blur(); scrollTo(0, 0)");
            browser.screenshot("storm-2x");
        }
    }

    private static void awaitPoints(Browser browser, int points) {
        await().atMost(PATIENCE)
                .until(() -> ((Number) browser.run("return document.querySelector('.chart .line')?.getAttribute('d')"
                                        + ".split('L').length ?? 0"))
                                .intValue()
                        >= points);
    }
}
