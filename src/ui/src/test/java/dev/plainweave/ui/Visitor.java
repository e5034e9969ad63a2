package dev.plainweave.ui;

import dev.plainweave.server.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A browser's cookies, and nothing that a browser does by itself: no redirect is followed. */
final class Visitor {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI site;
    final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(WebServer server) {
        site = server.uri();
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(site.getScheme() + "://" + site.getAuthority() + (path.isEmpty() ? "/" : path)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", "text/html");
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answer.headers().allValues("set-cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String field) {
        String[] pair = field.split(";", 2)[0].split("=", 2);
        if (field.contains("Max-Age=0") || pair[1].isEmpty()) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    /** Opens a page, over its socket too. */
    RawPage open(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        RawPage page = new RawPage(
                site,
                answer,
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
        return page;
    }

    static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("location").orElse("");
    }

    static Optional<String> header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name);
    }
}
