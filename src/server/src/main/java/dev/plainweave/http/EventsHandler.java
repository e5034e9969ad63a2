package dev.plainweave.http;

/** Serves one stream of server-sent events, in a blocking loop. */
@FunctionalInterface
public interface EventsHandler {
    /**
     * Sends events until there are no more. Runs on the connection's own virtual thread and may block.
     *
     * @throws EventsEndedException of this stream, or {@link InterruptedException} after its end, is the normal end and
     *     leaves no trace in the log
     * @throws Exception anything else is the application's failure: HANDLER_FAILED, and a WARN
     */
    void handle(EventStream events) throws Exception;
}
