package dev.plainweave.server;

import java.time.Duration;

/**
 * How a stop went.
 *
 * @param inTime whether every request and session was done within the grace
 * @param cut connections that were still open when the grace had passed, and were closed
 * @param took from the call to the last connection closed
 */
public record StopReport(boolean inTime, int cut, Duration took) {}
