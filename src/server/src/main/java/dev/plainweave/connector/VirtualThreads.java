package dev.plainweave.connector;

import java.util.concurrent.Executor;

/** Every task on a virtual thread of its own, without a bound: a task may block. */
final class VirtualThreads implements Executor {
    @Override
    public void execute(Runnable task) {
        Thread.ofVirtual().name("task").start(task);
    }

    @Override
    public String toString() {
        return "virtual threads";
    }
}
