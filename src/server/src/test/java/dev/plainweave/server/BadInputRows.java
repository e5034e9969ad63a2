package dev.plainweave.server;

import java.util.List;

/**
 * Requests byte for byte, and what RFC 9110, 9112 and 3986 have a server answer. {@code zqx} marks what must not come
 * back; {@code SMUGGLED} is a second request that must not be served.
 */
final class BadInputRows {
    /** What becomes of the connection. */
    enum After {
        CLOSED,
        OPEN
    }

    record Row(String rule, int status, After after, String bytes) {
        @Override
        public String toString() {
            return rule + ": " + bytes.replace("\r", "\\r").replace("\n", "\\n");
        }
    }

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String GET = "GET /zqx HTTP/1.1\r\nHost: a\r\n";
    private static final String POST = "POST /zqx HTTP/1.1\r\nHost: a\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    private BadInputRows() {}

    private static Row bad(String rule, String bytes) {
        return new Row(rule, 400, After.CLOSED, bytes);
    }

    private static Row bad(String rule, int status, String bytes) {
        return new Row(rule, status, After.CLOSED, bytes);
    }

    private static Row good(String rule, String bytes) {
        return new Row(rule, 200, After.OPEN, bytes);
    }

    private static Row path(String rule, String path) {
        return bad(rule, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED);
    }

    private static Row header(String rule, String line) {
        return bad(rule, "GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n" + SMUGGLED);
    }

    private static Row host(String rule, String host) {
        return bad(rule, "GET / HTTP/1.1\r\n" + host + "\r\n\r\n" + SMUGGLED);
    }

    static List<Row> requestLine() {
        return List.of(
                bad("no request at all: 9112, 3", "zqx\r\n\r\n"),
                bad("binary garbage: 9112, 3", "\u0001\u0002\u0000\u00ffzqx\r\n\r\n"),
                bad(
                        "TLS on a plain port: 9112, 3",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"),
                bad("white space before the method: 9112, 3", " " + GET + "\r\n"),
                bad("no target: 9112, 3", "GET\r\nHost: a\r\n\r\n"),
                bad("a control character in the method: 9110, 9.1", "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("no token: 9110, 5.6.2", "G(ET)zqx / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("an unknown method: 9110, 15.6.2", 501, "ZQX / HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("methods are case-sensitive: 9110, 9.1", 501, "get / HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("no tunnels: 9110, 9.3.6", 501, "CONNECT zqx:443 HTTP/1.1\r\nHost: zqx:443\r\n\r\n" + SMUGGLED),
                bad("nothing is sent back: 9110, 9.3.8", 501, "TRACE / HTTP/1.1\r\nHost: a\r\nCookie: zqx\r\n\r\n"),
                bad("HTTP/0.9: 9112, 2.3", 505, "GET /zqx\r\n"),
                bad("an unknown version: 9110, 15.6.6", 505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("an unknown version: 9110, 15.6.6", 505, "GET / HTTP/3.0\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("two digits: 9112, 2.3", 505, "GET / HTTP/1.10\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("no version: 9112, 2.3", 505, "GET / zqx\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("the preface of HTTP/2: 9110, 15.6.6", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                bad("a space in the target: 9112, 3.2", "GET /a zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("a tab: 9112, 3", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("a space at the end: 9112, 3", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("a bare LF: 9112, 2.2", "GET / HTTP/1.1\nHost: a\r\n\r\n" + SMUGGLED),
                bad("a bare CR: 9112, 2.2", "GET / HTTP/1.1\rHost: a\r\n\r\n" + SMUGGLED),
                bad("a target too long: 9110, 15.5.15", 414, "GET /" + "zqx".repeat(4_000) + " HTTP/1.1\r\n"),
                good("an empty line before the request: 9112, 2.2", "\r\n" + GET + "\r\n"));
    }

    static List<Row> targets() {
        return List.of(
                bad("asterisk-form is for OPTIONS: 9112, 3.2.4", "GET * HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("authority-form is for CONNECT: 9112, 3.2.3", "GET zqx:80 HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("no slash: 9112, 3.2.1", "GET zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("no slash: 9112, 3.2.1", "OPTIONS zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                good("absolute-form: 9112, 3.2.2", "GET http://a/zqx HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("two authorities: 9112, 3.2.2", "GET http://zqx/ HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("user info: 9110, 4.2.4", "GET http://zqx@a/ HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("https without TLS: 9110, 7.4", 421, "GET https://a/zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("https without TLS: 9110, 7.4", 421, "GET HTTPS://a/zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("another scheme: 9110, 7.4", 421, "GET ftp://a/zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("a fragment: 9112, 3.2", "GET /a#zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                bad("a fragment: 9112, 3.2", "GET /?a#zqx HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED),
                path("half a percent in the query: 3986, 2.1", "/?zqx=%"),
                path("half a percent in the query: 3986, 2.1", "/?zqx=%4"),
                path("half a percent in the query: 3986, 2.1", "/?zqx=%zz"),
                path("a control character in the query: 3986, 2.2", "/?zqx=\u0001"),
                path("a control character in the query: 3986, 2.2", "/?zqx=\u007f"),
                new Row("OPTIONS *: 9110, 9.3.7", 204, After.OPEN, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    static List<Row> paths() {
        return List.of(
                path("NUL: 3986, 7.3", "/zqx\u0000"),
                path("NUL: 3986, 7.3", "/zqx%00"),
                path("control characters: 3986, 2.2", "/zqx\u0007"),
                path("control characters: 3986, 2.2", "/zqx\u007f"),
                path("control characters: 3986, 2.2", "/zqx%07"),
                path("control characters: 3986, 2.2", "/zqx%0d%0aa:b"),
                path("control characters: 3986, 2.2", "/zqx%7f"),
                path("half a percent: 3986, 2.1", "/zqx%"),
                path("half a percent: 3986, 2.1", "/zqx%4"),
                path("half a percent: 3986, 2.1", "/zqx%zz"),
                path("no percent-encoding: 3986, 2.1", "/zqx%u002f"),
                path("above the root: 3986, 5.2.4", "/../zqx"),
                path("above the root: 3986, 5.2.4", "/a/../../zqx"),
                path("encoded dots: 3986, 6.2.2.3", "/a/%2e%2e/zqx"),
                path("encoded dots: 3986, 6.2.2.3", "/a/%2E./zqx"),
                path("encoded dots: 3986, 6.2.2.3", "/a/.%2e/zqx"),
                path("encoded dots: 3986, 6.2.2.3", "/%2e/zqx"),
                path("encoded twice: 3986, 2.4", "/a/%252e%252e/zqx"),
                path("encoded separators: 3986, 2.2", "/a%2fzqx"),
                path("encoded separators: 3986, 2.2", "/..%2fzqx"),
                path("the other separator: 3986, 7.3", "/..\\zqx"),
                path("the other separator: 3986, 7.3", "/..%5czqx"),
                path("the other separator: 3986, 7.3", "/a%5c..%5czqx"),
                path("overlong UTF-8: 3629, 3", "/%c0%ae%c0%ae/zqx"),
                path("overlong UTF-8: 3629, 3", "/..%c0%afzqx"),
                path("overlong UTF-8: 3629, 3", "/..%e0%80%afzqx"),
                path("a surrogate: 3629, 3", "/zqx%ed%a0%80"),
                path("half a character: 3629, 3", "/zqx%e2%82"),
                path("ISO 8859-1: 3629, 3", "/zqx%e9"),
                path("bytes above 127: 3986, 2", "/zqx\u00e9"),
                path("dots with a parameter: 3986, 3.3", "/a/..;/zqx"),
                path("dots with a parameter: 3986, 3.3", "/a/..;x=y/zqx"),
                path("dots with a parameter: 3986, 3.3", "/a/%2e%2e;/zqx"),
                path("an empty segment: 3986, 3.3", "//zqx"),
                path("an empty segment: 3986, 3.3", "/a//zqx"),
                path("an empty segment: 3986, 3.3", "/;/zqx"),
                path("no path characters: 3986, 3.3", "/<zqx>"),
                path("no path characters: 3986, 3.3", "/zqx\"|{}^`"),
                good("dots inside the root: 3986, 5.2.4", "GET /a/../zqx HTTP/1.1\r\nHost: a\r\n\r\n"),
                good("a parameter: 3986, 3.3", "GET /zqx;a=b HTTP/1.1\r\nHost: a\r\n\r\n"),
                good("UTF-8: 3986, 2.5", "GET /zqx%c3%a9 HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    static List<Row> hosts() {
        return List.of(
                host("no Host: 9112, 3.2", "Accept: zqx"),
                host("no Host: 9112, 3.2", "Host:"),
                host("two of Host: 9112, 3.2", "Host: a\r\nHost: zqx"),
                host("two of Host: 9112, 3.2", "Host: a\r\nHost: a"),
                host("two of Host: 9112, 3.2", "Host: a, zqx"),
                host("no host: 9112, 3.2", "Host: a zqx"),
                host("no host: 9112, 3.2", "Host: a/zqx"),
                host("no host: 9112, 3.2", "Host: zqx@a"),
                host("no host: 9112, 3.2", "Host: <zqx>"),
                host("no host: 9112, 3.2", "Host: a?zqx"),
                host("no host: 9112, 3.2", "Host: a#zqx"),
                host("no host: 9112, 3.2", "Host: a\\zqx"),
                host("no host: 9112, 3.2", "Host: zqx\u00e9"),
                host("no host: 9112, 3.2", "Host: [zqx]"),
                host("no host: 9112, 3.2", "Host: [::1"),
                host("no port: 9112, 3.2", "Host: a:zqx"),
                host("no port: 9112, 3.2", "Host: a:65536"),
                host("no port: 9112, 3.2", "Host: a:-1"),
                host("no port: 9112, 3.2", "Host: a:80:80"));
    }

    static List<Row> headers() {
        return List.of(
                header("a space before the colon: 9112, 5.1", "zqx : a"),
                header("a tab before the colon: 9112, 5.1", "zqx\t: a"),
                header("a folded line: 9112, 5.2", "X: a\r\n zqx"),
                header("a folded line: 9112, 5.2", "X: a\r\n\tzqx"),
                bad("a fold before the first: 9112, 2.2", "GET / HTTP/1.1\r\n zqx: b\r\nHost: a\r\n\r\n" + SMUGGLED),
                header("no colon: 9112, 5", "zqx"),
                header("no name: 9112, 5", ": zqx"),
                header("no token: 9110, 5.1", "zq(x): a"),
                header("no token: 9110, 5.1", "zqx\u00e9: a"),
                header("NUL in a name: 9110, 5.1", "zq\u0000x: a"),
                header("NUL in a value: 9110, 5.5", "X: zq\u0000x"),
                header("control characters in a value: 9110, 5.5", "X: zq\u0007x"),
                header("control characters in a value: 9110, 5.5", "X: zq\u001b[31mx"),
                header("control characters in a value: 9110, 5.5", "X: zq\u007fx"),
                header("a bare CR: 9112, 2.2", "X: zq\rx"),
                header("a bare LF: 9112, 2.2", "X: zq\nY: x"),
                bad("a bare LF at the end: 9112, 2.2", "GET / HTTP/1.1\r\nHost: a\r\n\n" + SMUGGLED),
                bad("headers too large: 6585, 5", 431, GET + "X: " + "zqx".repeat(4_000)),
                bad("too many headers: 6585, 5", 431, GET + "X: zqx\r\n".repeat(2_000)),
                bad("an unknown expectation: 9110, 15.5.18", 417, GET + "Expect: zqx\r\n\r\n" + SMUGGLED),
                good("obs-text in a value: 9110, 5.5", GET + "X: zqx\u00e9\r\n\r\n"));
    }

    static List<Row> framing() {
        return List.of(
                bad("two lengths: 9112, 6.3", POST + "Content-Length: 0\r\nContent-Length: 35\r\n\r\n" + SMUGGLED),
                bad("two lengths: 9112, 6.3", POST + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + SMUGGLED),
                bad("two lengths: 9112, 6.3", POST + "Content-Length: 0, 35\r\n\r\n" + SMUGGLED),
                bad("two lengths: 9112, 6.3", POST + "Content-Length: 0, 0\r\n\r\n" + SMUGGLED),
                bad("no digits: 9110, 8.6", POST + "Content-Length: +5\r\n\r\nzqx12" + SMUGGLED),
                bad("no digits: 9110, 8.6", POST + "Content-Length: -5\r\n\r\n" + SMUGGLED),
                bad("no digits: 9110, 8.6", POST + "Content-Length: 0x5\r\n\r\nzqx12" + SMUGGLED),
                bad("no digits: 9110, 8.6", POST + "Content-Length: 1 2\r\n\r\n" + SMUGGLED),
                bad("no digits: 9110, 8.6", POST + "Content-Length: zqx\r\n\r\n" + SMUGGLED),
                bad("no digits: 9110, 8.6", POST + "Content-Length:\r\n\r\n" + SMUGGLED),
                bad("overflow: 9110, 8.6", POST + "Content-Length: 18446744073709551621\r\n\r\nzqx12" + SMUGGLED),
                bad(
                        "both: 9112, 6.1",
                        POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad(
                        "both: 9112, 6.1",
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("HTTP/1.0: 9112, 6.1", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad(
                        "chunked not last: 9112, 6.3",
                        POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("chunked not last: 9112, 6.3", POST + "Transfer-Encoding: identity\r\n\r\n" + SMUGGLED),
                bad("chunked not last: 9112, 6.3", POST + "Transfer-Encoding: gzip\r\n\r\n" + SMUGGLED),
                bad(
                        "chunked twice: 9112, 6.1",
                        POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad(
                        "chunked twice: 9112, 6.1",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("xchunked: 9112, 6.1", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("\"chunked\": 9112, 6.1", POST + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("an empty coding: 9112, 6.1", POST + "Transfer-Encoding:\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("a space: 9112, 5.1", POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("a vertical tab: 9110, 5.5", POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad(
                        "not understood: 9112, 6.1",
                        501,
                        POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                bad("not understood: 9112, 6.1", 501, POST + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n"));
    }

    static List<Row> chunks() {
        return List.of(
                bad("no size: 9112, 7.1", CHUNKED + "zqx\r\n" + SMUGGLED),
                bad("no size: 9112, 7.1", CHUNKED + "\r\nzqx" + SMUGGLED),
                bad("no size: 9112, 7.1", CHUNKED + ";zqx\r\n" + SMUGGLED),
                bad("a sign: 9112, 7.1", CHUNKED + "+3\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("a sign: 9112, 7.1", CHUNKED + "-1\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("0x: 9112, 7.1", CHUNKED + "0x3\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("a space before: 9112, 7.1", CHUNKED + " 3\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("overflow: 9112, 7.1", CHUNKED + "10000000000000003\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("shorter than said: 9112, 7.1", CHUNKED + "2\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("no CRLF after it: 9112, 7.1", CHUNKED + "3\r\nzqx0\r\n\r\n" + SMUGGLED),
                bad("a bare LF: 9112, 7.1", CHUNKED + "3\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("a bare LF: 9112, 7.1", CHUNKED + "3\r\nzqx\n0\r\n\r\n" + SMUGGLED),
                bad("a bare LF in an extension: 9112, 7.1.1", CHUNKED + "3;a\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("a bare CR in an extension: 9112, 7.1.1", CHUNKED + "3;a\rb\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("NUL in an extension: 9112, 7.1.1", CHUNKED + "3;a\u0000b\r\nzqx\r\n0\r\n\r\n" + SMUGGLED),
                bad("a bad trailer: 9112, 7.1.2", CHUNKED + "0\r\nzqx : a\r\n\r\n" + SMUGGLED),
                bad("a folded trailer: 9112, 5.2", CHUNKED + "0\r\nX: a\r\n zqx\r\n\r\n" + SMUGGLED),
                bad("a bare LF in a trailer: 9112, 2.2", CHUNKED + "0\r\nX: zqx\n\r\n" + SMUGGLED),
                bad("trailers too large: 6585, 5", CHUNKED + "0\r\nX: " + "zqx".repeat(6_000)),
                good("an extension: 9112, 7.1.1", CHUNKED + "3;a=b\r\nzqx\r\n0\r\n\r\n"),
                good("a trailer is no header: 9110, 6.5.1", CHUNKED + "0\r\nContent-Length: 35\r\nHost: b\r\n\r\n"));
    }
}
