package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.http.HttpError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many pages may be open: never one more, however many ask at once; and nothing is left of those that have ended. */
class PlacesTest {
    private static final int VISITS = 100;
    private static final int PLACES = 7;

    private static Pages pages(PageLimits limits) {
        return new Pages(limits, (page, error, failure) -> {});
    }

    private static PageRequest from(String address) {
        return new PageRequest("/", Map.of(), Map.of(), Optional.empty(), address);
    }

    /** Pages that got in, of many that asked at the same moment. */
    private static Queue<LivePage> race(Pages pages, IntFunction<String> visitor, IntFunction<String> address)
            throws InterruptedException {
        Queue<LivePage> in = new ConcurrentLinkedQueue<>();
        CountDownLatch ready = new CountDownLatch(VISITS);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> all = IntStream.range(0, VISITS)
                .mapToObj(number -> Thread.ofPlatform().start(() -> {
                    ready.countDown();
                    try {
                        go.await();
                        in.add(pages.open(from(address.apply(number)), visitor.apply(number)));
                    } catch (HttpError | InterruptedException refused) {
                        // counted by what is in
                    }
                }))
                .toList();
        ready.await();
        go.countDown();
        for (Thread each : all) {
            each.join();
        }
        return in;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pages", "visitorPages", "addressPages", "unconnected"})
    void aRaceLetsInAsManyAsMayAndNoMore(String limit) throws Exception {
        PageLimits limits = switch (limit) {
            case "pages" -> PageLimits.DEFAULT.pages(PLACES);
            case "visitorPages" -> PageLimits.DEFAULT.visitorPages(PLACES);
            case "addressPages" -> PageLimits.DEFAULT.addressPages(PLACES);
            default -> PageLimits.DEFAULT.unconnected(PLACES);
        };
        IntFunction<String> one = number -> "one";
        IntFunction<String> many = number -> "number " + number;
        try (Pages pages = pages(limits)) {
            for (int round = 0; round < 10; round++) {
                Queue<LivePage> in =
                        race(pages, limit.equals("visitorPages") ? one : many, limit.matches("a.*|u.*") ? one : many);
                assertEquals(PLACES, in.size());
                assertEquals(PLACES, pages.size());
                in.forEach(page -> page.end(PageEnd.LEFT));
                assertEquals(0, pages.places().counted());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PageEnd.class)
    void howeverAPageEndsItsPlaceIsFreeOnce(PageEnd end) {
        try (Pages pages = pages(PageLimits.DEFAULT.visitorPages(2))) {
            pages.open(from("::1"), "visitor");
            for (int round = 0; round < 5; round++) {
                LivePage page = pages.open(from("::1"), "visitor");
                assertThrows(HttpError.class, () -> pages.open(from("::1"), "visitor"));
                page.end(end);
                page.end(end);
                pages.remove(page); // a second time: what is free twice lets in one too many
                LivePage again = pages.open(from("::1"), "visitor");
                assertThrows(HttpError.class, () -> pages.open(from("::1"), "visitor"));
                again.close();
            }
            assertEquals(3, pages.places().counted(), "one visitor, one address, with a page that is not connected");
        }
    }

    @Test
    void aNetworkOf64BitsIsOneAddress() {
        try (Pages pages = pages(PageLimits.DEFAULT.addressPages(2))) {
            pages.open(from("2001:db8:1:2::1"), "one");
            pages.open(from("2001:db8:1:2:ffff::1"), "two");
            assertThrows(HttpError.class, () -> pages.open(from("2001:db8:1:2::3"), "three"));
            pages.open(from("2001:db8:1:3::1"), "next door");
        }
    }

    @Test
    void aPageThatIsConnectedIsOnlyCountedAsOpen() throws Exception {
        try (Pages pages = pages(PageLimits.DEFAULT.unconnected(1))) {
            LivePage first = pages.open(from("::1"), "visitor");
            assertThrows(HttpError.class, () -> pages.open(from("::1"), "other"));
            Wire nowhere = new Nowhere();
            for (int again = 0; again < 3; again++) { // it comes back: that makes no more room
                assertTrue(first.inbox().connect(nowhere, new Incoming.Hello("", "", 0, 0, 0, "")));
                first.inbox().disconnected(nowhere);
            }
            LivePage second = pages.open(from("::1"), "other");
            assertThrows(HttpError.class, () -> pages.open(from("::1"), "third"));
            second.close();
            assertEquals(2, pages.places().counted(), "the first, of a visitor and an address");
            first.close();
            assertEquals(0, pages.places().counted());
        }
    }
}
