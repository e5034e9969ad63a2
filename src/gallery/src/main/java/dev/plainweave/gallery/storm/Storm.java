package dev.plainweave.gallery.storm;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.plainweave.gallery.live.Audience;
import dev.plainweave.gallery.live.Json;
import dev.plainweave.websocket.Message;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Clients that misbehave, at a visitor's order, and calm neighbours on the same server whose latency everybody watches
 * meanwhile.
 */
public final class Storm {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** However its fault goes, no storm client is open for longer. */
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(12);
    /** How long the server bears with a storm client that stalls: less than the default, to be seen soon. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** The clients of one order come within this time, and go wrong within that, not all at once. */
    private static final int COMING_MS = 500;

    private static final int GOING_WRONG_MS = 1_500;
    /** A visitor's orders are taken at this pace. */
    private static final int PACE_MS = 300;

    private final boolean allowed;
    private final Supplier<Loopback> server;
    private final Budget budget = new Budget(System::nanoTime);
    private final Neighbours neighbours = new Neighbours();
    private final Audience audience = new Audience("storm", SECOND, this::show);

    /** A storm against that server, which may not have started yet. */
    public Storm(boolean allowed, Supplier<Loopback> server) {
        this.allowed = allowed;
        this.server = server;
    }

    /** What one visitor may send. */
    public static void limits(WebSocketOptions options) {
        options.maxMessageBytes(1024);
    }

    /** The routes that storm clients and neighbours connect to, each with its limits. */
    public static void clients(BiConsumer<String, Consumer<WebSocketOptions>> route) {
        route.accept(Neighbours.ROUTE, options -> {});
        for (Fault fault : Fault.values()) {
            route.accept(fault.route(), options -> options.stallTimeout(PATIENCE));
        }
    }

    /** Serves one visitor, who watches and may give orders. */
    public void serve(WebSocketSession session) throws InterruptedException {
        session.send(Json.message(rules()));
        audience.add(session);
        while (true) {
            Optional<String> refusal = obey(session.receive());
            if (refusal.isPresent()) {
                session.send(Json.message(new StormEvent.Refused(refusal.get())));
            }
            Thread.sleep(PACE_MS);
        }
    }

    private StormEvent rules() {
        String why = allowed
                ? ""
                : "This server can be reached from other machines, so it makes no storms. Start it with --demo, or with"
                        + " --host localhost.";
        return new StormEvent.Rules(allowed, why, Budget.AT_ONCE, Budget.PER_MINUTE);
    }

    /** Carries an order out, or says what stands against it. */
    private Optional<String> obey(Message message) {
        StormOrder order;
        try {
            order = Json.read(message, StormOrder.class);
        } catch (JsonProcessingException malformed) {
            return Optional.of("Not understood; expected {\"fault\":\"reset\",\"clients\":20}.");
        }
        Optional<Fault> fault = Arrays.stream(Fault.values())
                .filter(known -> known.word().equals(order.fault()))
                .findFirst();
        if (fault.isEmpty()) {
            return Optional.of("There is no such fault; expected reset, stall, flood or half-close.");
        }
        if (order.clients() < 1 || order.clients() > Budget.AT_ONCE) {
            return Optional.of("From 1 to " + Budget.AT_ONCE + " clients can be sent at once.");
        }
        if (!allowed) {
            return Optional.of(((StormEvent.Rules) rules()).why());
        }
        Optional<String> overdrawn = budget.take(order.clients());
        if (overdrawn.isEmpty()) {
            unleash(fault.get(), order.clients());
        }
        return overdrawn;
    }

    private void unleash(Fault fault, int clients) {
        long now = System.currentTimeMillis();
        audience.tell(Json.message(new StormEvent.Unleashed(now, fault.word(), clients)));
        for (int client = 0; client < clients; client++) {
            Thread.ofVirtual().name("storm-" + fault.word()).start(() -> live(fault));
        }
    }

    /** The life of one storm client: comes, says hello, goes wrong, and is gone after twelve seconds at the latest. */
    private void live(Fault fault) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(COMING_MS));
            try (Client client = server.get().open(fault.route())) {
                client.send("hello");
                client.receive();
                Thread.sleep(ThreadLocalRandom.current().nextInt(GOING_WRONG_MS));
                Thread deed = Thread.startVirtualThread(() -> commit(fault, client));
                deed.join(LONGEST_LIFE);
            }
        } catch (IOException refused) {
            // the server is stopping, or has met one of its own limits
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        } finally {
            budget.giveBack();
        }
    }

    private static void commit(Fault fault, Client client) {
        try {
            fault.commit(client);
        } catch (IOException expected) {
            // the server has hung up, which is what the visitor wants to see; it tells the reason itself
        }
    }

    private void show(Audience watchers) {
        neighbours.comeIn(server.get(), watchers::isPresent);
        Latencies.Summary second = neighbours.look();
        watchers.tell(
                "second",
                Json.message(new StormEvent.Second(
                        System.currentTimeMillis(),
                        second.echoes(),
                        second.p50(),
                        second.p99(),
                        second.longest(),
                        neighbours.echoes(),
                        neighbours.lost(),
                        budget.open())));
    }
}
