package dev.plainweave.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A stream that fails when it turns out to be longer than allowed. */
final class LimitedInput extends FilterInputStream {
    private final Supplier<HttpError> refusal;
    private long left;

    LimitedInput(InputStream in, long maxBytes, Supplier<HttpError> refusal) {
        super(in);
        this.refusal = refusal;
        left = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw refusal.get();
        }
    }
}
