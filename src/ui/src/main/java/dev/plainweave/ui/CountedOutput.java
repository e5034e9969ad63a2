package dev.plainweave.ui;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Knows how many bytes have gone through it, and whether it was the way that failed: the place tells, not the message. */
final class CountedOutput extends OutputStream {
    private final OutputStream out;
    private long count;
    private @Nullable IOException lost;

    CountedOutput(OutputStream out) {
        this.out = out;
    }

    private interface Step {
        void take() throws IOException;
    }

    private void step(Step step) throws IOException {
        try {
            step.take();
        } catch (IOException failed) {
            lost = failed;
            throw failed;
        }
    }

    @Override
    public void write(int value) throws IOException {
        step(() -> out.write(value));
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        step(() -> out.write(bytes, offset, length));
        count += length;
    }

    @Override
    public void flush() throws IOException {
        step(out::flush);
    }

    long count() {
        return count;
    }

    @Nullable
    IOException lost() {
        return lost;
    }
}
