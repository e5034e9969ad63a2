package dev.plainweave.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the process lives, and whether clients should be sent to it. Not ready is a server that stops, and one of whose
 * checks says so. Why a check failed is logged, not told to whoever asks.
 */
final class Health {
    /** Made when it is first needed: a server shall start quickly. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private static final byte[] UP = "{\"status\":\"up\"}".getBytes(StandardCharsets.US_ASCII);

    private final List<HealthCheck> checks = new ArrayList<>();
    private volatile boolean stopping;

    void add(String name, Callable<Boolean> check, Duration timeout) {
        if (checks.stream().anyMatch(known -> known.name().equals(name))) {
            throw new IllegalArgumentException("there is a readiness check '" + name + "' already");
        }
        checks.add(new HealthCheck(name, check, timeout));
    }

    /** From now on the server is not ready. */
    void stopping() {
        stopping = true;
    }

    void addTo(WebServer.Builder builder, String path) {
        builder.get(path, (request, response) -> answer(response, true))
                .get(path + "/ready", (request, response) -> answer(response, true))
                .get(path + "/live", (request, response) -> answer(response, false));
    }

    private void answer(HttpServletResponse response, boolean readiness) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        boolean up = !readiness || (!stopping && allUp(report));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", up ? "up" : "down");
        if (readiness && stopping) {
            answer.put("reason", "stopping");
        }
        if (!report.isEmpty()) {
            answer.put("checks", report);
        }
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        byte[] json = up && report.isEmpty() ? UP : Json.MAPPER.writeValueAsBytes(answer);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** All checks run at the same time, so that the slowest decides how long this takes. */
    private boolean allUp(Map<String, Object> report) {
        List<CompletableFuture<HealthCheck.Result>> runs =
                checks.stream().map(HealthCheck::begin).toList();
        boolean up = true;
        for (int i = 0; i < runs.size(); i++) {
            HealthCheck check = checks.get(i);
            HealthCheck.Result result = check.await(runs.get(i));
            report.put(check.name(), result.name().toLowerCase(Locale.ROOT));
            up &= result == HealthCheck.Result.UP;
        }
        return up;
    }
}
