package dev.plainweave.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                    .handler(TestServer.blocking((request, response, in, out) -> out.write(
                            Long.toString(connector[0].getAcceptFailures()).getBytes(UTF_8))))
                    .with(each -> ((BlockingConnector) each).setAcceptQueueSize(500))
                    .start();
            connector[0] = server.blocking();
            System.out.println("port " + server.port());
        }
    }

    /** Fails when the accept loop ends at an exception, spins, or warns each time. */
    @Test
    void acceptingGoesOnAfterRunningOut() throws Exception {
        try (Child child = new Child("ulimit -n 140;", Main.class)) {
            await("port").atMost(Duration.ofSeconds(30)).until(() -> child.indexOf("port ") >= 0);
            int port =
                    Integer.parseInt(child.lines().get(child.indexOf("port ")).substring(5));
            try (Client client = Client.plain(port)) {
                assertEquals("0", client.get("/").answer().text());
            }
            List<Socket> crowd = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                crowd.add(Client.socket(port, 0));
            }
            await("warning").until(() -> child.indexOf("cannot accept") >= 0);
            for (Socket socket : crowd) {
                socket.close();
            }
            try (Client client = Client.plain(port)) {
                long failures = Long.parseLong(client.get("/").answer().text());
                assertTrue(failures > 0 && failures < 200, () -> failures + " failures");
            }
            crowd.clear();
            for (int i = 0; i < 160; i++) {
                crowd.add(Client.socket(port, 0));
            }
            await("accepting").pollDelay(Duration.ofMillis(500)).until(child::alive);
            for (Socket socket : crowd) {
                socket.close();
            }
            try (Client client = Client.plain(port)) {
                assertTrue(Long.parseLong(client.get("/").answer().text()) > 1);
            }
            assertEquals(1, child.count("cannot accept"), child.lines()::toString);
            assertEquals(1, child.count("WARN") + child.count("ERROR"), child.lines()::toString);
        }
    }
}
