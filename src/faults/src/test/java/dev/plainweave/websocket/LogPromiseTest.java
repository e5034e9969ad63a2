package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.server.IoPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand resets at any stage: no line in the log, one end each, nothing left, and the neighbours notice nothing. */
@Timeout(120)
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class LogPromiseTest {
    private static final int RESETS = 1000;

    static Stream<Arguments> storms() {
        return Stream.of(IoPolicy.values())
                .flatMap(io -> Stream.of(Storm.Stage.values()).map(stage -> Arguments.of(io, stage)));
    }

    @ParameterizedTest
    @MethodSource("storms")
    void resets(IoPolicy io, Storm.Stage stage) throws Exception {
        try (Rig rig = new Rig(io, false);
                LogTap log = new LogTap()) {
            Storm.blow(rig, RESETS, stage);
            rig.assertNothingLeft();
            assertEquals(List.of(), log.events(), log::toString);
            assertEquals(0, rig.stats().handlerFailures());
            if (stage == Storm.Stage.HANDSHAKE_HALF_SENT) {
                assertEquals(0, rig.stats().opened());
            } else if (stage != Storm.Stage.HANDSHAKE_SENT) {
                assertEquals(RESETS, rig.stats().opened());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetsOverTls(IoPolicy io) throws Exception {
        try (Rig rig = new Rig(io, true);
                LogTap log = new LogTap()) {
            Storm.blow(rig, 320, Storm.Stage.values());
            rig.assertNothingLeft();
            assertEquals(List.of(), log.events(), log::toString);
            assertEquals(0, rig.stats().handlerFailures());
        }
    }

    /** Ordinary goodbyes leave nothing behind either. */
    @ParameterizedTest
    @EnumSource
    void goodbyes(IoPolicy io) throws Exception {
        for (boolean tls : new boolean[] {false, true}) {
            try (Rig rig = new Rig(io, tls);
                    LogTap log = new LogTap()) {
                for (int i = 0; i < 50; i++) {
                    try (RawClient client = rig.connect().upgrade("/echo")) {
                        client.text("x".repeat(10_000));
                        client.readMessage(new ArrayList<>());
                        client.write(
                                i % 2 == 0 ? new ClientFrames().close(1000, "") : new ClientFrames().raw((byte) 3));
                        assertEquals(
                                i % 2 == 0 ? 1000 : 1002, client.readClose().code());
                    }
                }
                rig.assertNothingLeft();
                assertEquals(50, rig.stats().opened());
                assertEquals(List.of(), log.events(), log::toString);
            }
        }
    }

    /** Sixteen calm clients in a storm of two thousand resets: they lose nothing and never wait for a second. */
    @ParameterizedTest
    @EnumSource
    void neighbours(IoPolicy io) throws Exception {
        try (Rig rig = new Rig(io, false);
                LogTap log = new LogTap()) {
            List<Neighbour> neighbours = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                neighbours.add(new Neighbour(rig.connect().upgrade("/echo")));
            }
            Storm.blow(rig, 2000, Storm.Stage.values());
            for (Neighbour neighbour : neighbours) {
                neighbour.finish();
                neighbour.assertUndisturbed(Duration.ofSeconds(1));
            }
            assertEquals(16, rig.stats().ended(End.Reason.PEER_CLOSED));
            rig.assertNothingLeft();
            assertEquals(List.of(), log.events(), log::toString);
        }
    }
}
