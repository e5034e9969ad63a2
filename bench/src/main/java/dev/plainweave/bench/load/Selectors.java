package dev.plainweave.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

/** Ends a selector together with the connections registered with it. */
final class Selectors {
    private Selectors() {}

    static void closeAll(Selector selector) {
        if (!selector.isOpen()) {
            return;
        }
        try {
            for (SelectionKey key : List.copyOf(selector.keys())) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }
}
