package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import dev.plainweave.websocket.End;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Storms, as somebody makes them who has the page: what the server does, and what it refuses. */
@Timeout(60)
@ParameterizedClass
@EnumSource(IoPolicy.class)
class StormTest {
    private static final int NEIGHBOURS = 8;

    @Parameter
    IoPolicy io;

    private WebServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private User visit() {
        User user = new User(server);
        user.open("/storm");
        return user;
    }

    private End.Reason expected(End.Reason onBlocking) {
        return io == IoPolicy.SELECTOR && onBlocking == End.Reason.RESET ? End.Reason.EOF : onBlocking;
    }

    @ParameterizedTest
    @CsvSource({"Reset,RESET", "Half-close,EOF", "Stall,READ_TIMEOUT", "Flood,WRITE_TIMEOUT"})
    void everyClientEndsForItsReasonAndTheNeighboursLoseNothing(String fault, End.Reason reason) throws Exception {
        server = TestGallery.start(io);
        try (User visitor = visit().patience(Duration.ofSeconds(20))) {
            visitor.find(fault).click();
            visitor.shouldSee("of 50 at work");
            visitor.shouldSee("20 × " + expected(reason));
            visitor.shouldSee("none at work");
            assertEquals(20, server.stats().sessions().ended(expected(reason)));
            assertEquals(20, server.stats().sessions().ended(), "and of nobody else");
            assertEquals(0, server.stats().sessions().handlerFailures());
            assertEquals("0", figure(visitor, "Echoes lost"));
            int echoes = number(figure(visitor, "Echoes answered"));
            await().until(() -> number(figure(visitor, "Echoes answered")) > echoes + NEIGHBOURS);
        }
    }

    /** What stands over that name. */
    private static String figure(User user, String name) {
        return Figures.of(user, name);
    }

    private static int number(String shown) {
        return Integer.parseInt(shown.replace(",", ""));
    }

    @Test
    void theLimitHoldsAcrossVisitors() throws Exception {
        server = TestGallery.start(io);
        try (User ada = visit();
                User ben = visit()) {
            ada.find("50").click();
            ada.find("Stall").click();
            ada.shouldSee("50 of 50 at work");
            ben.find("1").click();
            ben.find("Reset").click();
            ben.shouldSee("There are 50 storm clients now, and 50 are the most at once");
            ada.shouldNotSee("are the most at once. Wait");
        }
    }

    @Test
    void noStormsForOtherMachines() throws Exception {
        server = TestGallery.start(io, "0.0.0.0", false);
        try (User visitor = visit()) {
            visitor.shouldSee("--demo");
            visitor.shouldSee("none at work");
            assertFalse(visitor.find("Reset").isOperable());
            assertEquals(0, server.stats().sessions().ended());
        }
    }

    @Test
    void exceptWithDemo() throws Exception {
        server = TestGallery.start(io, "0.0.0.0", true);
        try (User visitor = visit()) {
            visitor.shouldNotSee("--demo");
            visitor.find("1").click();
            visitor.find("Reset").click();
            visitor.shouldSee("1 × " + expected(End.Reason.RESET));
        }
    }

    @Test
    void theNeighboursStayOnlyWhileSomebodyWatches() throws Exception {
        server = TestGallery.start(io);
        try (User visitor = visit()) {
            await().until(() -> server.stats().sessions().openNow() == NEIGHBOURS + 1);
            visitor.leave();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> server.stats().sessions().openNow() == 0);
            assertTrue(server.stats().sessions().ended(End.Reason.PEER_CLOSED) >= NEIGHBOURS, "they say goodbye");
        }
    }

    @Test
    void whoLosesTheConnectionForAWhileMissesNothing() throws Exception {
        server = TestGallery.start(io);
        try (User ada = visit();
                User ben = visit()) {
            ada.disconnect();
            ben.find("5").click();
            ben.find("Half-close").click();
            ben.shouldSee("5 × EOF");
            ada.reconnect();
            ada.shouldSee("5 × EOF");
        }
    }
}
