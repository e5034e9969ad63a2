package dev.plainweave.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rule 6: a server that runs out of descriptors says so once, and accepts again when there are some. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class DescriptorsTest {
    /** The server, in a process with few descriptors; answers with the number of failed accepts. */
    public static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            BlockingConnector[] connector = new BlockingConnector[1];
            TestServer server = new TestServer(Variant.BLOCKING)
                    .handler(TestServer.blocking(
                            (request, response, in, out) -> out.write((connector[0].getAcceptFailures() + " failures, "
                                            + connector[0]
                                                    .getConnectedEndPoints()
                                                    .size() + " open")
                                    .getBytes(UTF_8))))
                    .with(each -> ((BlockingConnector) each).setAcceptQueueSize(500))
                    .start();
            connector[0] = server.blocking();
            System.out.println("port " + server.port());
        }
    }

    /** The server, started; then all descriptors are taken but three, before any client has come. */
    public static final class Crammed {
        private static final List<InputStream> TAKEN = new ArrayList<>();

        private Crammed() {}

        public static void main(String[] arguments) throws IOException {
            TestServer server = new TestServer(Variant.BLOCKING)
                    .handler(TestServer.blocking((request, response, in, out) -> out.write("served".getBytes(UTF_8))))
                    .start();
            try {
                while (true) {
                    TAKEN.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException full) {
                for (InputStream one : TAKEN.subList(0, 3)) {
                    one.close();
                }
            }
            System.out.println("port " + server.port());
        }
    }

    /** Waits until it has started. */
    private static int port(Child child) {
        await("port").atMost(Duration.ofSeconds(30)).until(() -> child.indexOf("port ") >= 0);
        return Integer.parseInt(child.lines().get(child.indexOf("port ")).substring(5));
    }

    /** The JDK opens descriptors of its own when the first virtual thread waits for bytes; failed once, it never can again. */
    @Test
    void theFirstClientMayWaitWhenThereAreNoDescriptorsLeft() throws Exception {
        try (Child child = new Child("ulimit -n 140;", Crammed.class)) {
            int port = port(child);
            try (Client client = Client.plain(port)) {
                assertEquals("served", client.get("/").answer().text());
                assertEquals("served", client.get("/").answer().text(), "the server has waited for this one");
            }
        }
    }

    /** Fails when the accept loop ends at an exception, spins, or warns each time. */
    @Test
    void acceptingGoesOnAfterRunningOut() throws Exception {
        try (Child child = new Child("ulimit -n 140;", Main.class)) {
            int port = port(child);
            // Until one has come and gone entirely: the classes that this takes are files too, and may be missing
            // later.
            await("the end of the first").until(() -> state(port).equals("0 failures, 1 open"));
            await("the end of the next").until(() -> state(port).equals("0 failures, 1 open"));
            List<Socket> crowd = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                crowd.add(Client.socket(port, 0));
            }
            await("warning").until(() -> child.indexOf("cannot accept") >= 0);
            for (Socket socket : crowd) {
                socket.close();
            }
            long failures = failures(port);
            assertTrue(failures > 0 && failures < 200, () -> failures + " failures");
            crowd.clear();
            for (int i = 0; i < 160; i++) {
                crowd.add(Client.socket(port, 0));
            }
            await("accepting").pollDelay(Duration.ofMillis(500)).until(child::alive);
            for (Socket socket : crowd) {
                socket.close();
            }
            assertTrue(failures(port) > 1);
            assertEquals(1, child.count("cannot accept"), child.lines()::toString);
            assertEquals(1, child.count("WARN") + child.count("ERROR"), child.lines()::toString);
        }
    }

    private static String state(int port) throws IOException {
        try (Client client = Client.plain(port)) {
            return client.get("/").answer().text();
        }
    }

    private static long failures(int port) throws IOException {
        String state = state(port);
        return Long.parseLong(state, 0, state.indexOf(' '), 10);
    }
}
