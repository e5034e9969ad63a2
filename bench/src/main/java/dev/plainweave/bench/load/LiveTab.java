package dev.plainweave.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One tab with a live page: fetched by GET, then connected over the same TCP connection, with what the page told it and
 * the cookie that came with it (src/ui/PROTOCOL.md).
 *
 * @param client greeted, all that came so far read
 * @param button the number of the first button
 * @param label the number of the element before it
 */
public record LiveTab(Client client, int label, int button) {
    private static final Pattern BODY =
            Pattern.compile("<body data-page=\"([^\"]+)\" data-secret=\"([^\"]+)\" data-frame=\"1\"");
    private static final Pattern COOKIE = Pattern.compile("(?im)^Set-Cookie: *([^;\\r]+)");
    private static final Pattern BUTTON = Pattern.compile("id=\"w(\\d+)\"[^>]*>[^<]*</div><button id=\"w(\\d+)\"");
    private static final Pattern HEAD = Pattern.compile("\\{(\"ack\":[01])?,?(\"busy\":true)?}");
    private static final int MASK = 0x6D2F51B7;

    /** Opens one; the handshake is one for the pages' socket. */
    public static LiveTab open(InetSocketAddress server, Handshake handshake, String path, int n) throws IOException {
        Client client = Client.connectChannel(server);
        try {
            String page = client.fetch(server.getAddress().getHostAddress() + ":" + server.getPort(), path);
            Matcher body = find(BODY, page);
            Matcher button = find(BUTTON, page);
            client.upgrade(handshake, n, find(COOKIE, page).group(1));
            client.send(text("{\"hello\":{\"v\":1,\"page\":\"" + body.group(1) + "\",\"secret\":\"" + body.group(2)
                    + "\",\"lastFrame\":1,\"lastCommand\":0}}"));
            client.expect(answer("{\"resumed\":{\"lastEvent\":0}}"), "answer to the greeting");
            while (client.hasReadAhead()) { // the page's own function has not quite ended: that it is running
                skipHead(client.message());
            }
            return new LiveTab(client, Integer.parseInt(button.group(1)), Integer.parseInt(button.group(2)));
        } catch (IOException | RuntimeException failed) {
            client.close();
            throw failed;
        }
    }

    private static Matcher find(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        if (!found.find()) {
            throw new LoadException("no " + pattern + " in: " + page);
        }
        return found;
    }

    /** Clicks the button, and waits until the label shows the text: the first event of a page. */
    public void click(String shows) throws IOException {
        client.send(text("{\"event\":1,\"frame\":1,\"id\":" + button + ",\"type\":\"click\",\"data\":{}}"));
        String message = client.message();
        while (HEAD.matcher(message).matches()) { // a slow handler: that it was heard, and is running
            message = client.message();
        }
        String state = ",\"state\":[[" + label + ",{\".text\":\"" + shows + "\"}]]}";
        if (!message.startsWith("{\"n\":2,\"base\":1") || !message.endsWith(state)) {
            throw new LoadException("expected frame 2 with " + state + ", got " + message);
        }
        client.send(text("{\"ack\":2}"));
    }

    /** Says goodbye as a document that is unloaded does: the page ends 5 seconds later. */
    public void leave() throws IOException {
        client.send(text("{\"bye\":true}"));
        client.send(Frames.closeNormally(MASK));
        while (client.awaitMessage()) {
            client.message();
        }
        client.closeCode();
        client.close();
    }

    private static void skipHead(String message) {
        if (!HEAD.matcher(message).matches()) {
            throw new LoadException("did not expect after the greeting: " + message);
        }
    }

    private static byte[] text(String message) {
        return Frames.masked(Frames.TEXT, message.getBytes(StandardCharsets.US_ASCII), MASK);
    }

    private static byte[] answer(String message) {
        return Frames.plain(Frames.TEXT, message.getBytes(StandardCharsets.US_ASCII));
    }
}
