package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.gallery.site.Sources;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of elements and ideas: each has an example that runs, and shows the file that runs. */
@Timeout(60)
class ElementsTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/plainweave/gallery/examples");
    private static WebServer server;

    @BeforeAll
    static void start() throws UsageException {
        server = TestGallery.start(IoPolicy.BLOCKING);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static User open(String name) {
        return new User(server).open("/elements/" + name);
    }

    private static List<String> names() {
        try (User user = new User(server)) {
            user.visit("/elements");
            return Pattern.compile("href=\"/elements/([a-z-]+)\"")
                    .matcher(user.html())
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        }
    }

    @Test
    void eachShowsTheFileThatRunsAndEveryFileIsShown() throws Exception {
        long files;
        try (var all = Files.list(SOURCES)) {
            files = all.filter(file -> file.getFileName().toString().endsWith("Example.java"))
                    .count();
        }
        List<String> names = names();
        assertTrue(names.size() >= 30, names::toString);
        assertEquals(names.stream().distinct().count(), names.size(), "each is there once");
        int shown = 0;
        for (String name : names) {
            try (User user = open(name)) {
                String text = user.html()
                        .replaceAll("<[^>]+>", "")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&");
                Path file = SOURCES.resolve(Pattern.compile("class (\\w+Example)")
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1) + ".java")
                        .findFirst()
                        .orElseThrow());
                String source = Files.readString(file);
                assertTrue(
                        text.contains(source.substring(source.indexOf("import "))),
                        () -> name + " shows another " + file);
                assertTrue(user.html().contains("aria-current"), name);
                shown++;
            }
        }
        // The home page has the one that is on no page of its own.
        assertEquals(files, shown + 1);
    }

    /** As somebody would who copies it from the page into a folder of their own. */
    @Test
    void eachFileStandsAlone(@TempDir Path directory) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path")));
        try (var all = Files.list(SOURCES)) {
            for (Path file :
                    all.filter(one -> one.toString().endsWith("Example.java")).toList()) {
                Path copy = directory.resolve(file.getFileName());
                Files.writeString(copy, Sources.alone("examples/" + file.getFileName()));
                arguments.add(copy.toString());
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertEquals(0, result, said::toString);
    }

    @Test
    void examplesRun() {
        try (User user = open("button")) {
            user.find("Count").click();
            user.find("Count").click();
            user.shouldSee("Clicked 2 times.");
            user.find("Next").click();
            user.shouldSee("One more step.");
            user.find("Next").click();
            user.shouldSee("There.");
        }
        try (User user = open("binding")) {
            user.find("Weave").type("twill");
            await().until(() -> user.find("The same").text().equals("twill"));
        }
        try (User user = open("validation")) {
            user.find("User name").type("ada");
            await().until(() -> user.find("User name").has("aria-invalid"));
            user.find("User name").type("eve");
            await().until(() -> !user.find("User name").has("aria-invalid"));
            user.find("Sign up").click();
            user.shouldSee("Welcome, eve.");
        }
        try (User user = open("dialog")) {
            user.find("Order cloth").click();
            user.find("Metres").type("4.5");
            user.find("Wool").click();
            user.shouldSee("4.5 metres of wool");
        }
        try (User user = open("javascript").scriptAnswers("Europe/Vienna")) {
            user.find("Which time zone?").click();
            user.shouldSee("Europe/Vienna");
        }
    }

    @Test
    void whatIsEverybodysIsSeenByEverybody() {
        try (User ada = open("events");
                User ben = open("events")) {
            ada.find("Say").type("hello from Ada").enter();
            ben.shouldSee("hello from Ada");
        }
    }

    @Test
    void whoLogsInIsKnownUntilTheyLogOut() {
        try (User user = open("login")) {
            user.find("Log in").click();
            user.shouldBeAt("/login?next=/elements/login");
            user.find("Name").type("ada");
            user.find("Password").type("wrong");
            user.findRole("button", "Log in").click();
            user.shouldSee("That is not right.");
            user.find("Password").type("ada");
            user.findRole("button", "Log in").click();
            user.shouldBeAt("/elements/login");
            user.shouldSee("You are ada");
            user.find("Log out").click();
            user.shouldSee("Nobody knows you here.");
        }
    }

    @Test
    void whatIsKeptIsThereAgain() {
        try (User user = open("storage")) {
            user.find("Your name, kept for this browser").type("Ada");
            user.settle();
            User second = user.newTab().open("/elements/storage");
            await().until(() ->
                    second.find("Your name, kept for this browser").text().equals("Ada"));
        }
    }

    @Test
    void theHomePageAsksAndWaits() {
        try (User user = new User(server).open("/")) {
            user.find("Greet me").click();
            user.find("What is your name?").type("Ada");
            user.find("OK").click();
            user.shouldSee("Hello, Ada!");
        }
    }

    @Test
    void aWizardGoesFromItsFirstQuestionToItsLast() {
        try (User user = new User(server).open("/wizard")) {
            user.find("Book a table").click();
            user.find("Saturday").click();
            user.find("How many of you, 1 to 12?").type("a few");
            user.find("OK").click();
            user.settle();
            user.find("How many of you, 1 to 12?").type("4"); // is asked again
            user.find("OK").click();
            user.shouldSee("A table for 4 on Saturday, is that right?");
            user.find("Yes").click();
            user.shouldSee("Booked.");
            user.shouldSee("A table for 4 on Saturday");
            user.find("Book a table").click();
            user.find("Cancel").click();
            await().until(() -> user.all("dialog").isEmpty());
        }
    }

    @Test
    void theDashboardGoesOnByItself() {
        try (User user = new User(server).open("/dashboard")) {
            user.shouldSee("Messages sent");
            String sent = Figures.of(user, "Messages sent");
            await().until(() -> !Figures.of(user, "Messages sent").equals(sent));
        }
    }

    @Test
    void aHandlerThatKeepsTheTurnMakesOthersWaitAndOneThatGivesItUpDoesNot() {
        try (User user = new User(server).open("/sleep")) {
            user.find("Give it up").click();
            user.shouldSee("handler 1, asleep");
            user.find("Count").click();
            user.shouldSee("1 clicks handled");
            user.find("Keep the turn").click();
            user.shouldBeBusy();
            user.find("Count").click();
            user.patience(java.time.Duration.ofSeconds(20)).shouldSee("2 clicks handled");
            user.shouldSee("awake");
            assertEquals("0", Figures.of(user, "Echoes lost"));
        }
    }
}
