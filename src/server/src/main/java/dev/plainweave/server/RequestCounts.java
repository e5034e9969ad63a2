package dev.plainweave.server;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** Counts requests by the class of their answer, those included that Jetty's parser refuses. Safe for any thread. */
final class RequestCounts implements RequestLog {
    private static final int CLASSES = 5;

    private final Refusals refusals;
    private final Traffic traffic;
    /** By the status's first digit; the first is for requests that got no answer. */
    private final LongAdder[] answered = new LongAdder[CLASSES + 1];

    private final LongAdder[] nanos = new LongAdder[CLASSES + 1];

    RequestCounts(Refusals refusals, Traffic traffic) {
        this.refusals = refusals;
        this.traffic = traffic;
        for (int i = 0; i <= CLASSES; i++) {
            answered[i] = new LongAdder();
            nanos[i] = new LongAdder();
        }
    }

    @Override
    public void log(Request request, Response response) {
        int status = response.getStatus();
        int answer = status / 100 <= CLASSES ? status / 100 : 0;
        answered[answer].increment();
        nanos[answer].add(System.nanoTime() - request.getBeginNanoTime());
        switch (status) {
            case HttpStatus.URI_TOO_LONG_414 -> refusals.count(Limit.URI_BYTES);
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> refusals.count(Limit.HEADER_BYTES);
            default -> {}
        }
        traffic.count(request.getConnectionMetaData());
    }

    /** Requests whose answer's status began with that digit. */
    long of(int answerClass) {
        return answered[answerClass].sum();
    }

    /** What they have taken together. */
    Duration time(int answerClass) {
        return Duration.ofNanos(nanos[answerClass].sum());
    }

    /** All requests that are done. */
    long total() {
        long total = 0;
        for (LongAdder each : answered) {
            total += each.sum();
        }
        return total;
    }
}
