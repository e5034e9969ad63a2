package dev.plainweave.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Many clients that reset their connections at some stage of a session's life. */
final class Storm {
    private static final int THREADS = 8;

    /** When a client resets. */
    enum Stage {
        HANDSHAKE_HALF_SENT {
            @Override
            void goThrough(RawClient client) throws IOException {
                byte[] request = RawClient.request("/echo");
                client.write(Arrays.copyOf(request, request.length / 2));
            }
        },
        HANDSHAKE_SENT {
            @Override
            void goThrough(RawClient client) throws IOException {
                client.write(RawClient.request("/echo"));
            }
        },
        OPENED {
            @Override
            void goThrough(RawClient client) throws IOException {
                client.upgrade("/echo");
            }
        },
        WITHIN_A_FRAME {
            @Override
            void goThrough(RawClient client) throws IOException {
                client.upgrade("/echo")
                        .write(new ClientFrames().header(0x81, 1000).raw((byte) 1, (byte) 2));
            }
        },
        WITHIN_A_COMPRESSED_MESSAGE {
            @Override
            void goThrough(RawClient client) throws IOException {
                client.upgrade("/echo", "Sec-WebSocket-Extensions: permessage-deflate")
                        .write(new ClientFrames()
                                .frame(ClientFrames.RSV1 | FrameWriter.TEXT, ClientFrames.octets(0xf2, 0x48)));
            }
        },
        AFTER_A_MESSAGE {
            @Override
            void goThrough(RawClient client) throws IOException {
                client.upgrade("/echo").text("answer me").text("and me");
            }
        },
        DURING_A_LARGE_WRITE {
            @Override
            void goThrough(RawClient client) throws IOException {
                client.upgrade("/large").in().readNBytes(100);
            }
        },
        WHILE_THE_HANDLER_SLEEPS {
            @Override
            void goThrough(RawClient client) throws IOException {
                client.upgrade("/sleep").text("held back");
            }
        };

        abstract void goThrough(RawClient client) throws IOException;
    }

    private Storm() {}

    /** How the clients of a paced storm leave. */
    enum Leaving {
        RESETTING {
            @Override
            void leave(RawClient client) throws IOException {
                client.reset();
            }
        },
        CLOSING {
            @Override
            void leave(RawClient client) throws IOException {
                client.leave();
            }
        };

        abstract void leave(RawClient client) throws IOException;
    }

    /**
     * Lets so many clients leave at all stages in turn, evenly over that time, by as many threads as it takes; one that the
     * server has refused or cut off has left too. Returns how many there were.
     */
    static int blow(int port, int count, Duration time, Leaving leaving) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        Stage[] stages = Stage.values();
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().name("storm").start(() -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    long due = start + time.toNanos() / count * n;
                    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                        LockSupport.parkNanos(wait);
                    }
                    try (RawClient client = RawClient.connect(port)) {
                        stages[n % stages.length].goThrough(client);
                        leaving.leave(client);
                    } catch (IOException refused) {
                        continue;
                    }
                    left.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return left.get();
    }

    /** Lets that many clients reset at the stages in turn; returns when all have. */
    static void blow(Rig rig, int count, Stage... stages) throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        try (RawClient client = rig.connect()) {
                            stages[n % stages.length].goThrough(client);
                            client.reset();
                        }
                    }
                } catch (Throwable failed) {
                    failure.set(failed);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError("a client of the storm failed", failure.get());
        }
    }
}
