package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium with a profile of its own, which one test after the other borrows, each with a new tab and without cookies;
 * as many as tests run side by side, up to {@link #MOST}. What its console complains of fails the test, when it is closed.
 */
final class Browser implements AutoCloseable {
    private static final int MOST = 3;
    private static final Semaphore FREE = new Semaphore(MOST);
    private static final Queue<Browser> IDLE = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> IDLE.forEach(Browser::quit), "browsers-quit"));
    }

    /** To see what a feature of the browser's does: {@code -Dplainweave.browser=--disable-features=...} */
    private static final List<String> MORE_FLAGS = Stream.of(
                    System.getProperty("plainweave.browser", "").split(" "))
            .filter(flag -> !flag.isBlank())
            .toList();

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Path profile;
    private final ChromeDriver driver;
    private final boolean shared;
    private Predicate<String> expected = complaint -> false;

    private Browser(Path profile, ChromeDriver driver, boolean shared) {
        this.profile = profile;
        this.driver = driver;
        this.shared = shared;
    }

    /** Borrows one, or starts it; where there is none, skips the test and says so. */
    static Browser start() throws IOException {
        FREE.acquireUninterruptibly();
        Browser browser = IDLE.poll();
        try {
            browser = browser == null ? launch(true) : browser;
            return browser;
        } finally {
            if (browser == null) {
                FREE.release();
            }
        }
    }

    /** Starts one that is for this test alone, with other flags. */
    static Browser start(String... flags) throws IOException {
        return launch(false, flags);
    }

    private static Browser launch(boolean shared, String... flags) throws IOException {
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
        options.addArguments(flags);
        options.addArguments(MORE_FLAGS);
        LoggingPreferences everything = new LoggingPreferences();
        everything.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, everything);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromeDriver.toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(20)).scriptTimeout(Duration.ofSeconds(20));
        return new Browser(profile, driver, shared);
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

    /** What the console may complain of, since the test provokes it. */
    void expect(Predicate<String> complaint) {
        expected = complaint;
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(String url) {
        driver.get(url);
    }

    /** Opens another tab, and makes it the one that is driven. */
    void openTab(String url) {
        driver.switchTo().newWindow(WindowType.TAB);
        driver.get(url);
    }

    /** The tabs, oldest first. */
    List<String> tabs() {
        return List.copyOf(driver.getWindowHandles());
    }

    /** Drives another tab. */
    void tab(String handle) {
        driver.switchTo().window(handle);
    }

    /** Leaves what it shows, in all tabs. */
    void leave() {
        List<String> all = tabs();
        driver.switchTo().window(all.getFirst());
        driver.get("about:blank");
        all.subList(1, all.size())
                .forEach(handle -> driver.switchTo().window(handle).close());
        driver.switchTo().window(all.getFirst());
    }

    void closeTab() {
        driver.close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    void back() {
        driver.navigate().back();
    }

    void forward() {
        driver.navigate().forward();
    }

    /** Presses keys, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    String url() {
        return driver.getCurrentUrl();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    WebElement button(String text) {
        return driver.findElement(
                By.xpath("//button[normalize-space()='" + text + "' and not(ancestor::dialog[not(@open)])]"));
    }

    String text() {
        return String.valueOf(run("return document.querySelector('main').innerText"));
    }

    String state() {
        return String.valueOf(run("return document.body.dataset.state"));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument with the result. */
    Object await(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    Map<String, Object> devTools(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** Shows the page as on a screen of that size, with the system asking for light or dark. */
    void screen(int width, int height, String scheme) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    private List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(expected.negate())
                .toList();
    }

    /** Another test gets it as new. */
    private void reset() {
        List<String> old = tabs();
        driver.switchTo().newWindow(WindowType.TAB);
        String fresh = driver.getWindowHandle();
        old.forEach(handle -> driver.switchTo().window(handle).close());
        driver.switchTo().window(fresh);
        devTools("Network.clearBrowserCookies", Map.of());
        complaints();
        expected = complaint -> false;
    }

    private void quit() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException left) {
            System.err.println("left behind: " + left);
        }
    }

    @Override
    public void close() {
        boolean usable = false;
        List<String> complaints;
        try {
            complaints = complaints();
            if (shared) {
                reset();
                usable = true;
            }
        } finally {
            if (usable) {
                IDLE.add(this);
            } else {
                quit();
            }
            if (shared) {
                FREE.release();
            }
        }
        assertEquals(List.of(), complaints, "what the browser's console says");
    }
}
