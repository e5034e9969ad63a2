package dev.plainweave.bench.variant;

import java.io.IOException;

/** Ends this JVM together with the harness that started it, even one that was killed: its end closes our standard input. */
final class Parent {
    private Parent() {}

    static void endWithIt() {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nothing is ever sent
                }
            } catch (IOException closed) {
                // the same as its end
            }
            Runtime.getRuntime().halt(0);
        });
    }
}
