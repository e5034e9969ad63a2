package dev.plainweave.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The same request over and over on one keep-alive connection. The first answer must be a 200 with a Content-Length and
 * becomes the template; every later one must equal it byte for byte, the value of Date excepted.
 */
public final class HttpExchange implements Exchange {
    private static final int MAX_ANSWER = 64 * 1024;

    private final ByteBuffer request;
    private final Optional<String> body;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private ByteBuffer template = ByteBuffer.allocate(0);
    private int dateStart;
    private int dateEnd;
    private int offset;
    private volatile long sent;
    private volatile long answered;

    /** GET; whatever comes first is right. */
    public HttpExchange(String authority, String path) {
        this(("GET " + path + head(authority) + "\r\n").getBytes(StandardCharsets.US_ASCII), Optional.empty());
    }

    private HttpExchange(byte[] bytes, Optional<String> body) {
        this.request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        this.body = body;
    }

    /** POST of that many bytes; the body of the answer must be that one. */
    public static HttpExchange post(String authority, String path, int size, String answer) {
        byte[] head = ("POST " + path + head(authority) + "Content-Type: application/octet-stream\r\nContent-Length: "
                        + size + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(head, head.length + size);
        Arrays.fill(bytes, head.length, bytes.length, (byte) 'x');
        return new HttpExchange(bytes, Optional.of(answer));
    }

    private static String head(String authority) {
        return " HTTP/1.1\r\nHost: " + authority + "\r\nUser-Agent: plainweave-bench\r\nAccept: */*\r\n";
    }

    @Override
    public ByteBuffer next() {
        long number = sent;
        sent = number + 1;
        return request.clear();
    }

    @Override
    public int received(ByteBuffer chunk) {
        if (answered >= sent) {
            throw new LoadException(chunk.remaining() + " bytes that nobody asked for");
        }
        if (template.capacity() == 0) {
            return receivedFirst(chunk);
        }
        int length = chunk.remaining();
        if (offset + length > template.capacity()) {
            throw new LoadException("an answer longer than the first one's " + template.capacity() + " bytes");
        }
        compare(chunk, offset, offset + length);
        offset += length;
        if (offset < template.capacity()) {
            return 0;
        }
        return complete();
    }

    @Override
    public long outstanding() {
        return sent - answered;
    }

    /** Bytes of one whole answer, once the first has come. */
    public int answerSize() {
        return template.capacity();
    }

    private int complete() {
        offset = 0;
        long number = answered;
        answered = number + 1;
        return 1;
    }

    /** Compares template bytes from..to with all of the chunk, in up to two pieces around the date. */
    private void compare(ByteBuffer chunk, int from, int to) {
        int position = chunk.position();
        comparePiece(chunk, position - from, from, Math.min(to, dateStart));
        comparePiece(chunk, position - from, Math.max(from, dateEnd), to);
        chunk.position(chunk.limit());
    }

    private void comparePiece(ByteBuffer chunk, int shift, int from, int to) {
        if (from >= to) {
            return;
        }
        int end = chunk.limit();
        template.limit(to).position(from);
        chunk.limit(to + shift).position(from + shift);
        int wrong = template.mismatch(chunk);
        chunk.limit(end);
        if (wrong >= 0) {
            throw new LoadException(
                    "byte " + (from + wrong) + " of an answer differs from the first answer, which was: "
                            + StandardCharsets.ISO_8859_1.decode(template.clear()));
        }
    }

    private int receivedFirst(ByteBuffer chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        first.writeBytes(bytes);
        String text = first.toString(StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            if (text.length() > MAX_ANSWER) {
                throw new LoadException("no end of the headers in " + MAX_ANSWER + " bytes");
            }
            return 0;
        }
        String head = text.substring(0, headEnd);
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new LoadException("not a 200: " + head);
        }
        String length = Handshake.header(head, "Content-Length");
        if (!length.matches("\\d{1,9}")) {
            throw new LoadException("an answer without Content-Length cannot be validated: " + head);
        }
        int whole = headEnd + 4 + Integer.parseInt(length);
        if (text.length() < whole) {
            return 0;
        }
        if (text.length() > whole) {
            throw new LoadException("bytes after the answer: " + text);
        }
        if (body.isPresent() && !text.substring(headEnd + 4).equals(body.get())) {
            throw new LoadException("the answer should be " + body.get() + ", was " + text);
        }
        dateStart = whole;
        dateEnd = whole;
        int date = head.toLowerCase(Locale.ROOT).indexOf("\r\ndate:");
        if (date >= 0) {
            dateStart = date + "\r\ndate:".length();
            dateEnd = text.indexOf("\r\n", dateStart);
        }
        template = ByteBuffer.allocateDirect(whole).put(first.toByteArray()).flip();
        return complete();
    }
}
