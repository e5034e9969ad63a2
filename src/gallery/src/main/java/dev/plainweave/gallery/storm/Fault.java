package dev.plainweave.gallery.storm;

import java.io.IOException;
import java.util.Locale;

/** What a client can do wrong, each in a few lines. The client is open and has just had its first answer. */
enum Fault {
    /** The connection breaks. */
    RESET {
        @Override
        void commit(Client client) throws IOException {
            client.reset();
        }
    },

    /** Half of a message, and then nothing more. */
    STALL {
        @Override
        void commit(Client client) throws IOException {
            client.begin(1000, "this message will never be");
            client.stayOn();
        }
    },

    /** As many messages as go through, without reading one answer. */
    FLOOD {
        @Override
        void commit(Client client) throws IOException {
            String message = "flood ".repeat(5_000);
            while (true) {
                client.send(message);
            }
        }
    },

    /** The client's side of the connection is closed, without a word. */
    HALF_CLOSE {
        @Override
        void commit(Client client) throws IOException {
            client.halfClose();
            client.stayOn();
        }
    };

    /** Returns, or throws, when the client has nothing more to do; the connection is then closed. */
    abstract void commit(Client client) throws IOException;

    /** Where its clients connect to. */
    String route() {
        return "/victim/" + word();
    }

    /** {@code half-close} */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
