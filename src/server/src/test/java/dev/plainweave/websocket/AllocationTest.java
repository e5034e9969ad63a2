package dev.plainweave.websocket;

import static dev.plainweave.websocket.ClientFrames.FIN;
import static dev.plainweave.websocket.FrameWriter.BINARY;
import static dev.plainweave.websocket.FrameWriter.CONTINUATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What reading costs in memory: counted in bytes that this thread allocates, not in time. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Step {
        void run() throws ProtocolException;
    }

    /** The bytes allocated by one step, on average over some, after the first one has loaded its classes. */
    private static long allocated(int times, Step step) throws ProtocolException {
        step.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            step.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    }

    @Test
    void anIdleReaderIsTiny() throws ProtocolException {
        FrameReader[] kept = new FrameReader[1];
        long bytes = allocated(1_000, () -> kept[0] = new FrameReader(1 << 20, true));
        assertTrue(bytes <= 56, () -> bytes + " bytes");
    }

    @Test
    void aSmallMessageAllocatesOnlyItself() throws ProtocolException {
        byte[] frame = new ClientFrames().text("x".repeat(32)).bytes();
        ByteBuffer input = ByteBuffer.allocate(frame.length);
        FrameReader reader = new FrameReader(1 << 20, false);
        Incoming[] kept = new Incoming[1];
        long bytes = allocated(1_000, () -> {
            input.clear().put(frame).flip();
            kept[0] = reader.read(input, false);
        });
        assertEquals("text " + "x".repeat(32), Feed.line(kept[0]));
        assertTrue(bytes <= 160, () -> bytes + " bytes"); // 104: string, its array, Text, Data
    }

    @Test
    void memoryGrowsWithWhatArrivesAndNotByWhatIsClaimed() throws ProtocolException {
        byte[] header = new ClientFrames().header(FIN | BINARY, 1 << 30).bytes();
        byte[] payload = new byte[20_000];
        long bytes = allocated(3, () -> {
            FrameReader reader = new FrameReader(Long.MAX_VALUE, false);
            reader.read(ByteBuffer.wrap(header), false);
            reader.read(ByteBuffer.wrap(payload), false);
            assertTrue(reader.midMessage());
            reader.release();
        });
        assertTrue(bytes < 100_000, () -> bytes + " bytes");
    }

    @Test
    void manyFragmentsAreNotCopiedOverAndOver() throws ProtocolException {
        ClientFrames frames = new ClientFrames().frame(BINARY, new byte[64]);
        for (int i = 0; i < (1 << 14) - 2; i++) {
            frames.frame(CONTINUATION, new byte[64]);
        }
        byte[] message = frames.frame(FIN, new byte[64]).bytes();
        Incoming[] kept = new Incoming[1];
        long bytes = allocated(
                2, () -> kept[0] = new FrameReader(1 << 20, false).read(ByteBuffer.wrap(message.clone()), false));
        assertEquals("binary " + "\0".repeat(1 << 20), Feed.line(kept[0]));
        assertTrue(bytes < 8 << 20, () -> bytes + " bytes");
    }
}
