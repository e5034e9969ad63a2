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
            browser.run("document.querySelector('[value=\"20\"]').click()");
            awaitPoints(browser, 12);
            browser.find("[data-fault=half-close]").click();
            awaitPoints(browser, 22);
            browser.find("[data-fault=stall]").click();
            awaitPoints(browser, 34);
            browser.run("document.querySelector('[value=\"50\"]').click()");
            browser.find("[data-fault=reset]").click();
            awaitPoints(browser, 36);
            browser.run("document.activeElement.blur(); scrollTo(0, 0)");
            browser.screenshot("storm-2x");
        }
    }

    private static void awaitPoints(Browser browser, int points) {
        await().atMost(PATIENCE)
                .until(() -> browser.texts("#chart .waiting").isEmpty()
                        && ((Number) browser.run("return document.querySelector('#chart .line.p99').getAttribute('d')"
                                                + ".split('L').length"))
                                        .intValue()
                                >= points);
    }
}
