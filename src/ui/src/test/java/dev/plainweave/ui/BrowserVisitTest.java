package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.access.User;
import dev.plainweave.server.WebServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;

/** What a page can do beyond its elements, in a real browser. */
class BrowserVisitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Browser browser;

    @BeforeEach
    void openBrowser() throws Exception {
        browser = Browser.start();
        browser.screen(1200, 900, "light");
    }

    @AfterEach
    void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** Every tab, before the server stops, so that nothing complains of that. */
    private void leave() {
        browser.driver().getWindowHandles().forEach(tab -> {
            browser.driver().switchTo().window(tab);
            browser.open("about:blank");
        });
    }

    private void live() {
        await().atMost(PATIENCE).until(() -> browser.state().equals("live"));
    }

    private void see(String text) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> browser.text().contains(text));
    }

    @Test
    void aDownloadIsAFileAndThePageStays(@TempDir Path directory) throws Exception {
        byte[] large = "0123456789abcdef".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (WebServer server = Sites.one()
                .page("/", page -> {
                    page.button("Small").onClick(() -> page.download("grüße 1.txt", "text/plain", Content.of("hello")));
                    page.button("Large")
                            .onClick(() ->
                                    page.download("large.bin", "application/octet-stream", out -> out.write(large)));
                    page.button("Markup")
                            .onClick(() ->
                                    page.download("page.html", "text/html", Content.of("<script>alert(1)</script>")));
                })
                .start(0)) {
            browser.devTools(
                    "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", directory.toString()));
            browser.open(server.uri().toString());
            live();
            browser.button("Small").click();
            await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("grüße 1.txt")));
            assertEquals("hello", Files.readString(directory.resolve("grüße 1.txt")));
            browser.button("Large").click();
            Path file = directory.resolve("large.bin");
            await().atMost(PATIENCE).until(() -> Files.exists(file) && Files.size(file) == large.length);
            browser.button("Markup").click();
            await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("page.html")));
            assertEquals(server.uri().toString(), browser.url());
            assertEquals("live", browser.state(), "the same page all the time");
            leave();
        }
    }

    @Test
    void aVisitorLogsInComesBackAndLogsOutOfAllTabs() throws Exception {
        try (WebServer server = Sites.one()
                .login("/login", page -> {
                    page.heading("Log in");
                    Input name = page.input("Name");
                    Input password = page.input("Password");
                    Label message = page.label("");
                    page.button("Log in").onClick(() -> {
                        LoginResult result = page.tryLogin(() -> name.value().equals(password.value())
                                ? Optional.of(User.of(name.value()))
                                : Optional.empty());
                        message.text(result == LoginResult.REFUSED ? "Name or password are wrong." : "");
                    });
                })
                .requires("/account")
                .page("/", page -> page.label(page.user().isPresent() ? "known" : "unknown"))
                .page("/account", page -> {
                    page.label("account of " + page.user().orElseThrow().getName() + " "
                            + page.request().query("tab").orElse(""));
                    page.button("Log out").onClick(page::logout);
                })
                .start(0)) {
            browser.open(server.uri() + "account?tab=2");
            live();
            see("Log in");
            browser.find("input").sendKeys("ada");
            browser.run("document.querySelectorAll('input')[1].focus()");
            browser.driver().switchTo().activeElement().sendKeys("wrong");
            browser.button("Log in").click();
            see("Name or password are wrong.");
            browser.driver().switchTo().activeElement();
            browser.run("document.querySelectorAll('input')[1].select()");
            browser.run("document.querySelectorAll('input')[1].focus()");
            browser.driver().switchTo().activeElement().sendKeys("ada");
            browser.button("Log in").click();
            see("account of ada 2");
            live();
            assertTrue(browser.url().endsWith("/account?tab=2"), browser.url());
            Cookie cookie = browser.driver().manage().getCookieNamed(Logins.COOKIE);
            assertTrue(cookie.isHttpOnly());
            assertEquals("Lax", cookie.getSameSite());
            assertEquals("", browser.run("return document.cookie"), "scripts see nothing of it");
            String first = browser.driver().getWindowHandle();
            browser.openTab(server.uri() + "account");
            live();
            browser.button("Log out").click();
            see("unknown");
            browser.driver().switchTo().window(first);
            await().atMost(PATIENCE).until(() -> browser.state().equals("ended"));
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(browser.run("return document.querySelector('.pw-status').innerText"))
                            .contains("You are logged out."));
            browser.screenshot("logged-out");
            browser.run("document.querySelector('.pw-status button').click()");
            see("Log in");
            assertTrue(browser.url().contains("/login?next="), browser.url());
            leave();
        }
    }

    @Test
    void aTabKeepsItsOwnOverReloadsAndADuplicateGoesOnAlone() throws Exception {
        try (WebServer server = Sites.one()
                .page("/", page -> {
                    Property<String> text = page.storage(Scope.TAB).property("text", String.class, "nothing");
                    page.label("").bind(text);
                    page.button("One").onClick(() -> text.value("one"));
                    page.button("Two").onClick(() -> text.value("two"));
                })
                .start(0)) {
            browser.open(server.uri().toString());
            see("nothing");
            browser.button("One").click();
            see("one");
            browser.driver().navigate().refresh();
            see("one");
            String first = browser.driver().getWindowHandle();
            browser.run("window.open(location.href)"); // with a copy of the session storage, as a duplicated tab
            await().atMost(PATIENCE)
                    .until(() -> browser.driver().getWindowHandles().size() == 2);
            browser.driver().getWindowHandles().stream()
                    .filter(handle -> !handle.equals(first))
                    .forEach(handle -> browser.driver().switchTo().window(handle));
            see("one");
            browser.button("Two").click();
            see("two");
            browser.driver().navigate().refresh();
            see("two");
            browser.driver().switchTo().window(first);
            assertFalse(browser.text().contains("two"), browser.text());
            browser.driver().navigate().refresh();
            see("one");
            browser.openTab(server.uri().toString());
            see("nothing");
            leave();
        }
    }

    @Test
    void anErrorOfOursLooksLikeAPage() throws Exception {
        try (WebServer server = Sites.one()
                .page("/", page -> page.label("start"))
                .errorPage((page, error) -> {
                    page.heading(error.status() + " " + error.title());
                    page.button("Back").onClick(() -> page.navigate("/"));
                })
                .start(0)) {
            browser.expect(complaint -> complaint.contains("404"));
            browser.open(server.uri() + "nothing");
            live();
            see("404 Not Found");
            browser.screenshot("error-page");
            browser.button("Back").click();
            see("start");
            leave();
        }
    }
}
