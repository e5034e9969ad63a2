package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.http.HttpError;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a page does: its first answer, its turn, its waits, its end. */
@Execution(ExecutionMode.CONCURRENT)
class PageTest {
    private interface Story {
        void tell(User user) throws Exception;
    }

    private static void with(IoPolicy io, PageFunction page, Story story) throws Exception {
        try (WebServer server = Sites.on(io).page("/", page).start(0);
                User user = new User(server)) {
            story.tell(user);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aClickChangesALabel(IoPolicy io) throws Exception {
        with(
                io,
                page -> {
                    Label label = page.label("nobody");
                    page.button("Click").onClick(() -> label.text("somebody"));
                },
                user -> {
                    user.open("/").shouldSee("nobody");
                    user.find("Click").click();
                    user.shouldSee("somebody").shouldNotSee("nobody");
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theFirstAnswerIsReadableWithoutScripts(IoPolicy io) throws Exception {
        with(
                io,
                page -> {
                    page.title("A <title>");
                    page.heading("Old & new");
                    page.input("Name").value("\"Ada\" <b>");
                    page.checkbox("Agree").value(true);
                    page.select("Colour", List.of("red", "green")).choose("green");
                    page.textArea("Notes").value("</textarea><script>alert(1)</script>");
                },
                user -> {
                    String html = user.visit("/").html();
                    assertTrue(html.contains("<title>A &lt;title&gt;</title>"), html);
                    assertTrue(html.contains(">Old &amp; new</h1>"), html);
                    assertTrue(html.contains("value=\"&quot;Ada&quot; &lt;b&gt;\""), html);
                    assertTrue(html.contains(" checked"), html);
                    assertTrue(html.matches("(?s).*<option [^>]*selected>green</option>.*"), html);
                    assertFalse(html.contains("<script>"), html);
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void thePageGoesOutWhenItFirstWaits(IoPolicy io) throws Exception {
        with(
                io,
                page -> {
                    page.label("before");
                    page.button("Next").awaitClick();
                    page.label("after");
                },
                user -> {
                    user.open("/").shouldSee("before").shouldNotSee("after");
                    user.find("Next").click();
                    user.shouldSee("after");
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aSlowPageGoesOutAsItIs(IoPolicy io) throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        PageLimits limits = PageLimits.DEFAULT.firstAnswer(Duration.ofMillis(50));
        try (WebServer server = Sites.on(io)
                        .pages(limits)
                        .page("/", page -> {
                            page.label("quick");
                            slow.await();
                            page.label("slow");
                        })
                        .start(0);
                User user = new User(server)) {
            user.open("/").shouldSee("quick").shouldBeBusy().shouldNotSee("slow");
            slow.countDown();
            user.shouldSee("slow").settle();
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void oneMethodAsksFromTheFirstQuestionToTheLast(IoPolicy io) throws Exception {
        with(
                io,
                page -> page.button("Start").onClick(() -> {
                    String name = page.prompt("Your name?").orElse("nobody");
                    String size =
                            page.choose("Size?", List.of("small", "large")).orElse("none");
                    boolean sure = page.confirm("Sure?");
                    page.label(name + ", " + size + ", " + sure);
                }),
                user -> {
                    user.open("/").find("Start").click();
                    user.find("Your name?").type("Ada");
                    user.find("OK").click();
                    user.find("large").click();
                    user.shouldSee("Sure?").find("Yes").click();
                    user.shouldSee("Ada, large, true").shouldNotSee("Sure?");
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anOpenQuestionSurvivesACut(IoPolicy io) throws Exception {
        with(io, page -> page.button("Start").onClick(() -> page.label("sure: " + page.confirm("Sure?"))), user -> {
            user.open("/").find("Start").click();
            user.shouldSee("Sure?");
            user.disconnect().reconnect();
            user.shouldSee("Sure?").find("Yes").click();
            user.shouldSee("sure: true");
        });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void oneHandlerAtATimeInTheOrderOfArrival(IoPolicy io) throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        with(
                io,
                page -> {
                    page.button("slow").onClick(() -> {
                        order.add("slow begins");
                        go.await();
                        order.add("slow ends");
                    });
                    page.button("quick").onClick(() -> order.add("quick"));
                },
                user -> {
                    user.open("/").find("slow").click();
                    user.find("quick").click();
                    user.shouldBeBusy();
                    await().until(() -> order.equals(List.of("slow begins")));
                    go.countDown();
                    user.settle();
                    await().until(() -> order.equals(List.of("slow begins", "slow ends", "quick")));
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whoWaitsForTheUserHoldsUpNobodyAndComesBackFirst(IoPolicy io) throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        with(
                io,
                page -> {
                    page.button("sleep").onClick(() -> {
                        page.sleep(Duration.ofMillis(200));
                        order.add("slept");
                    });
                    page.button("quick").onClick(() -> order.add("quick"));
                    page.button("work").onClick(() -> order.add(page.blocking(() -> "worked")));
                    page.button("sum").onClick(() -> order.add("sum " + page.cpu(() -> 1 + 1)));
                },
                user -> {
                    user.open("/").find("sleep").click();
                    user.find("quick").click();
                    await().until(() -> order.equals(List.of("quick", "slept")));
                    user.find("work").click();
                    user.find("sum").click();
                    await().until(() -> order.equals(List.of("quick", "slept", "worked", "sum 2")));
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void progressIsSeenWhileAHandlerBlocks(IoPolicy io) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        with(
                io,
                page -> {
                    Label label = page.label("0");
                    page.button("Go").onClick(() -> {
                        label.text("half");
                        seen.await();
                        label.text("all");
                    });
                },
                user -> {
                    user.open("/").find("Go").click();
                    user.shouldSee("half").shouldBeBusy();
                    seen.countDown();
                    user.shouldSee("all").settle();
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void eachListenerHasItsPolicy(IoPolicy io) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger dropped = new AtomicInteger();
        AtomicInteger parallel = new AtomicInteger();
        List<String> latest = new CopyOnWriteArrayList<>();
        with(
                io,
                page -> {
                    page.button("once").onClick(EventPolicy.DROP_WHILE_RUNNING, () -> {
                        dropped.incrementAndGet();
                        go.await();
                    });
                    page.button("aside").onClick(EventPolicy.PARALLEL, parallel::incrementAndGet);
                    page.input("Search").onChange(EventPolicy.LATEST, change -> latest.add(change.value()));
                },
                user -> {
                    user.open("/").find("once").click().click().click();
                    user.find("aside").click().click();
                    await().until(() -> parallel.get() == 2);
                    user.find("Search").type("abc");
                    go.countDown();
                    user.settle();
                    assertEquals(1, dropped.get());
                    assertEquals("abc", latest.getLast());
                    user.find("once").click();
                    user.settle();
                    assertEquals(2, dropped.get());
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aHandlerThatThrowsIsToldToTheUserAndThePageLives(IoPolicy io) throws Exception {
        AtomicReference<String> told = new AtomicReference<>("");
        try (WebServer server = Sites.on(io)
                        .onPageFailure((page, error, failure) -> told.set(error + failure))
                        .page("/", page -> {
                            page.button("Fail").onClick(() -> {
                                throw new IllegalStateException("secret");
                            });
                            page.button("Work").onClick(() -> page.label("works"));
                        })
                        .start(0);
                User user = new User(server)) {
            user.open("/").find("Fail").click();
            user.shouldSee("Something went wrong.");
            String error = told.get().substring(0, 8);
            user.shouldSee(error).shouldNotSee("secret");
            user.find("Work").click();
            user.shouldSee("works");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatFailsBeforeThereIsAPageIsAnErrorOfHttp(IoPolicy io) throws Exception {
        try (WebServer server = Sites.on(io)
                        .page("/missing", page -> {
                            throw new HttpError(404, "no such thing");
                        })
                        .page("/gone", page -> page.status(410))
                        .page(
                                "/moved/{id}",
                                page -> page.navigate("/item/" + page.request().number("id")))
                        .page(
                                "/item/{id}",
                                page -> page.label("item " + page.request().parameter("id") + " "
                                        + page.request().query("q").orElse("")))
                        .start(0);
                User user = new User(server)) {
            assertEquals(404, user.visit("/missing").status());
            assertEquals(410, user.visit("/gone").status());
            assertEquals(404, user.visit("/moved/x").status());
            user.open("/moved/7?q=").shouldSee("item 7");
            user.open("/item/8?q=a%20b").shouldSee("item 8 a b");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theEndOfAPageReleasesEverybodyWhoWaits(IoPolicy io) throws Exception {
        List<String> ends = new CopyOnWriteArrayList<>();
        PageLimits limits = PageLimits.DEFAULT.retention(Duration.ofMillis(100));
        try (WebServer server = Sites.on(io)
                        .pages(limits)
                        .page("/", page -> {
                            page.onClose(end -> ends.add("closed " + end));
                            page.every(Duration.ofMillis(5), () -> page.title(ends.toString()));
                            page.background(() -> {
                                try {
                                    page.sleep(Duration.ofHours(1));
                                } catch (PageClosedException gone) {
                                    ends.add("background " + gone.end());
                                }
                            });
                            page.button("Wait").onClick(() -> {
                                try {
                                    page.confirm("Still there?");
                                } finally {
                                    ends.add("finally");
                                }
                            });
                        })
                        .start(0);
                User user = new User(server)) {
            user.open("/").find("Wait").click();
            user.shouldSee("Still there?");
            user.disconnect();
            await().until(() -> ends.size() == 3);
            assertEquals(
                    List.of("background LOST", "closed LOST", "finally"),
                    ends.stream().sorted().toList());
            user.reconnect().shouldBeGone();
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aPageThatNobodyConnectsToEnds(IoPolicy io) throws Exception {
        List<PageEnd> ends = new CopyOnWriteArrayList<>();
        PageLimits limits = PageLimits.DEFAULT.firstConnect(Duration.ofMillis(100));
        try (WebServer server = Sites.on(io)
                        .pages(limits)
                        .page("/", page -> page.onClose(ends::add))
                        .start(0);
                User crawler = new User(server)) {
            assertEquals(200, crawler.visit("/").status());
            await().until(() -> ends.equals(List.of(PageEnd.NEVER_CONNECTED)));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anAddressHasOnlySoManyPagesThatNobodyConnectsTo(IoPolicy io) throws Exception {
        AtomicReference<Page> one = new AtomicReference<>();
        try (WebServer server = Sites.on(io)
                        .pages(PageLimits.DEFAULT.unconnected(2))
                        .page("/", one::set)
                        .start(0);
                User crawler = new User(server)) {
            assertEquals(200, crawler.visit("/").status());
            assertEquals(200, crawler.visit("/").status());
            assertEquals(429, crawler.visit("/").status());
            one.get().close();
            assertEquals(200, crawler.visit("/").status());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void javaScriptAnswersOrThrows(IoPolicy io) throws Exception {
        with(
                io,
                page -> {
                    page.button("Ask")
                            .onClick(() ->
                                    page.label("zone " + page.js("return 1").get(String.class)));
                    page.button("Try").onClick(() -> {
                        JsException thrown = assertThrows(
                                JsException.class, () -> page.js("throw 1").await());
                        page.label(String.valueOf(thrown.getMessage()));
                    });
                },
                user -> {
                    user.open("/").find("Try").click();
                    user.shouldSee("this test has no JavaScript");
                    user.scriptAnswers("UTC").find("Ask").click();
                    user.shouldSee("zone UTC");
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void severalChangesAreOneFrameAndNothingWaitsInside(IoPolicy io) throws Exception {
        List<String> seen = new ArrayList<>();
        with(
                io,
                page -> {
                    Label left = page.label("0 left");
                    Label right = page.label("0 right");
                    page.button("Both")
                            .onClick(() -> page.atomically(() -> {
                                left.text("1 left");
                                IllegalStateException refused = assertThrows(
                                        IllegalStateException.class, () -> page.sleep(Duration.ofMillis(50)));
                                seen.add(String.valueOf(refused.getMessage()));
                                right.text("1 right");
                            }));
                },
                user -> {
                    user.open("/").find("Both").click();
                    user.shouldSee("1 left").shouldSee("1 right");
                    assertTrue(seen.getFirst().contains("atomically"), seen.toString());
                });
    }
}
