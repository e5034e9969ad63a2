package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.Keys;

/** Takes the pictures of the README, with {@code -Dpicture=true} only: {@code target/screenshots/readme-*.png}. */
@EnabledIfSystemProperty(named = "picture", matches = "true")
class ReadmePictureTest {
    @Test
    void aHandlerThatHasAskedAndAnElementBesideItsSource() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING);
                Browser browser = Browser.start()) {
            browser.screen(1240, 880, 1.5, "light");
            open(browser, server, "");
            await().until(() -> browser.clickButton("Greet me"));
            await().until(() -> "INPUT".equals(browser.run("return document.activeElement.tagName")));
            browser.focused().sendKeys("Ada", Keys.ENTER);
            await().until(() -> browser.text("main").contains("Hello, Ada!"));
            browser.run("document.activeElement.blur(); scrollTo(0, 0)");
            browser.screenshot("readme-home");
            browser.screen(1240, 780, 1.5, "dark");
            open(browser, server, "elements/validation");
            browser.find(".running input").sendKeys("ada");
            await().until(() -> browser.text(".running").contains("That name is taken."));
            browser.screenshot("readme-element");
        }
    }

    private static void open(Browser browser, WebServer server, String path) {
        browser.open(server.uri() + path);
        await().until(() -> "live".equals(browser.run("return document.body.dataset.state")));
    }
}
