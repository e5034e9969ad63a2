package dev.plainweave.server;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** Counts requests by the class of their answer, those included that Jetty's parser refuses. Safe for any thread. */
final class RequestCounts implements RequestLog {
    private static final int CLASSES = 5;

    private final Refusals refusals;
    private final LongAdder[] byClass = new LongAdder[CLASSES + 1];

    RequestCounts(Refusals refusals) {
        this.refusals = refusals;
        for (int i = 0; i <= CLASSES; i++) {
            byClass[i] = new LongAdder();
        }
    }

    @Override
    public void log(Request request, Response response) {
        int status = response.getStatus();
        int answer = status / 100;
        byClass[answer <= CLASSES ? answer : 0].increment(); // the first is for those that got no answer
        switch (status) {
            case HttpStatus.URI_TOO_LONG_414 -> refusals.count(Limit.URI_BYTES);
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> refusals.count(Limit.HEADER_BYTES);
            default -> {}
        }
    }

    /** Requests whose answer's status began with that digit. */
    long of(int answerClass) {
        return byClass[answerClass].sum();
    }

    /** All requests that are done. */
    long total() {
        long total = 0;
        for (LongAdder each : byClass) {
            total += each.sum();
        }
        return total;
    }
}
