package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium with a profile of its own. */
final class Browser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final String BUTTON = "return [...document.querySelectorAll('button')]"
            + ".find(one => one.textContent.trim() === arguments[0] && one.checkVisibility())";

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** Starts it; where there is none, skips the test and says so. */
    static Browser start() throws IOException {
        Path chromium = installed("chromium", "chromium-browser", "google-chrome");
        Path chromeDriver = installed("chromedriver");
        Path profile = Files.createTempDirectory("plainweave-browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        LoggingPreferences everything = new LoggingPreferences();
        everything.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, everything);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromeDriver.toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(20)).scriptTimeout(Duration.ofSeconds(10));
        return new Browser(profile, driver);
    }

    private static Path installed(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(names)
                .flatMap(name ->
                        Arrays.stream(path.split(File.pathSeparator)).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> {
                    String why = "SKIPPED, the browser test: there is no " + names[0]
                            + " on the PATH (Debian: apt-get install chromium chromium-driver)";
                    System.err.println(why);
                    return abort(why);
                });
    }

    void open(String url) {
        driver.get(url);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    String text(String selector) {
        return find(selector).getText();
    }

    /** Texts of what the page holds now, read in one step. */
    List<String> texts(String selector) {
        return strings(
                "return [...document.querySelectorAll(arguments[0])].map(element => element.textContent)", selector);
    }

    /** What a script returns, which is a list of texts. */
    @SuppressWarnings("unchecked")
    List<String> strings(String script, Object... arguments) {
        return (List<String>) run(script, arguments);
    }

    /** Where the links lead that the page holds now. */
    List<String> hrefs(String selector) {
        return strings(
                "return [...document.querySelectorAll(arguments[0])].map(link => link.getAttribute('href'))", selector);
    }

    /** Clicks the button of that name, if there is one that can be seen. */
    boolean clickButton(String name) {
        Object button = run(BUTTON, name);
        if (button instanceof WebElement found) {
            found.click();
            return true;
        }
        return false;
    }

    /** Puts the focus on the button of that name. */
    void focusButton(String name) {
        run("arguments[0].focus({ focusVisible: true })", run(BUTTON, name));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Shows the page as on a screen of that size. */
    void screen(int width, int height, boolean phone, String scheme) {
        metrics(width, height, phone ? 2 : 1, phone, scheme);
    }

    /** Shows the page as on a desktop screen with so many points to a pixel. */
    void screen(int width, int height, double scale, String scheme) {
        metrics(width, height, scale, false, scheme);
    }

    private void metrics(int width, int height, double scale, boolean phone, String scheme) {
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", phone));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** The whole page, not only what the window shows. */
    void fullScreenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(data)));
    }

    /** What the console says since the last time, but for what is expected: errors, warnings, violations of the policy. */
    List<String> complaints(Predicate<String> expected) {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(expected.negate())
                .toList();
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
