package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a client does at a {@link Stage}, instead of going on as it should. */
sealed interface Effect {
    /**
     * Does it, and whatever else there is to do for the client until the server has closed the connection.
     *
     * @param ended whether the sessions that this befalls have ended, for who reads too little to notice
     */
    void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException;

    /** Whether it needs a client whose system takes next to nothing on its own. */
    default boolean narrow() {
        return false;
    }

    /** A reset: the process was killed, a proxy gave up. */
    record Reset() implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            client.reset();
        }
    }

    /** The end of the connection without a word, over TLS without close_notify. */
    record Fin() implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            client.leave();
        }
    }

    /** Nothing more will be sent, but what comes is read. */
    record HalfClose() implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            client.finishOutput();
            RawClients.readToEnd(client);
        }
    }

    /** Silence; what comes is read and not answered. */
    record Stall() implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            RawClients.readToEnd(client);
        }
    }

    /** Goes on by a byte at a time: in reading where there is much to read, else in sending. */
    record Trickle(int millis) implements Effect {
        private static final int BYTES = 45;

        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            byte[] rest = stage.goesOn(BYTES);
            try {
                for (int i = 0; i < BYTES; i++) {
                    if (stage.reads()) {
                        client.in().read();
                    } else {
                        client.write(Arrays.copyOfRange(rest, i % rest.length, i % rest.length + 1));
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                }
            } catch (IOException refused) {
                return;
            }
            if (stage.endless()) {
                await().until(ended::getAsBoolean);
            }
            RawClients.readToEnd(client);
        }

        @Override
        public boolean narrow() {
            return true;
        }
    }

    /** Sends as much as it can and reads nothing, for so long. */
    record NeverRead(int seconds) implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            if (!stage.reads()) {
                byte[] more = stage.goesOn(60_000);
                Thread writer = Thread.ofPlatform().start(() -> RawClients.writeUntilRefused(client, more, end));
                RawClients.join(writer, end);
            }
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            if (stage.endless()) {
                await().until(ended::getAsBoolean);
            }
            RawClients.readToEnd(client);
        }

        @Override
        public boolean narrow() {
            return true;
        }
    }

    /** Sends a great deal, reads all that comes, and says goodbye. */
    record Flood(int times) implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            Thread reader = Thread.ofPlatform().start(() -> RawClients.readToEnd(client));
            try {
                byte[] more = stage.goesOn(100);
                for (int i = 0; i < times; i++) {
                    client.write(more);
                }
                client.write(stage.goodbye());
            } catch (IOException refused) {
                // It was enough.
            }
            RawClients.join(reader, Long.MAX_VALUE);
        }
    }

    /** Bytes that mean nothing anywhere. */
    record Garbage(int length) implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            byte[] garbage = new byte[length];
            Arrays.fill(garbage, (byte) 0xff);
            client.write(garbage);
            RawClients.readToEnd(client);
        }
    }

    /** A TLS record that ends before it should. */
    record TruncatedTls() implements Effect {
        @Override
        public void befall(RawClient client, Stage stage, BooleanSupplier ended) throws IOException {
            client.tcp().getOutputStream().write(ClientFrames.octets(23, 3, 3, 0x40, 0, 1, 2, 3));
            client.finishOutput();
            RawClients.readToEnd(client);
        }
    }
}
