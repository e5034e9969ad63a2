package dev.plainweave.websocket;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.Effect.Fin;
import dev.plainweave.websocket.Effect.Flood;
import dev.plainweave.websocket.Effect.Garbage;
import dev.plainweave.websocket.Effect.HalfClose;
import dev.plainweave.websocket.Effect.NeverRead;
import dev.plainweave.websocket.Effect.Reset;
import dev.plainweave.websocket.Effect.Stall;
import dev.plainweave.websocket.Effect.Trickle;
import dev.plainweave.websocket.Effect.TruncatedTls;
import dev.plainweave.websocket.End.Operation;
import dev.plainweave.websocket.End.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Something that befalls a client at some stage, on one policy, plain or over TLS. */
record Fault(Stage stage, Effect effect, IoPolicy io, boolean tls) {
    private static final List<Effect> EFFECTS = List.of(
            new Reset(),
            new Fin(),
            new HalfClose(),
            new Stall(),
            new Trickle(100),
            new NeverRead(6),
            new Flood(1_000),
            new Garbage(600),
            new TruncatedTls());

    /** What a session's end must say; where two threads meet the same end, either may be the first. */
    record Expected(Set<Reason> reasons, Set<Operation> operations) {
        static Expected of(Reason reason, Operation... operations) {
            return new Expected(Set.of(reason), Set.of(operations));
        }

        boolean matches(End end) {
            return reasons.contains(end.reason()) && operations.contains(end.operation());
        }
    }

    /** Every combination that makes sense. */
    static List<Fault> all(IoPolicy io, boolean tls) {
        return Stream.of(Stage.values())
                .flatMap(stage -> EFFECTS.stream().map(effect -> new Fault(stage, effect, io, tls)))
                .filter(Fault::makesSense)
                .toList();
    }

    private boolean makesSense() {
        if (!tls && (stage == Stage.TLS_HANDSHAKE || effect instanceof TruncatedTls)) {
            return false;
        }
        return switch (effect) {
            case Reset reset -> true;
            case Fin fin -> true;
            case HalfClose half -> true;
            case Garbage garbage -> true;
            case TruncatedTls truncated -> true;
            case Stall stall -> !stage.reads(); // that is NeverRead
            case Trickle trickle -> true;
            case NeverRead never -> stage.reads() || stage == Stage.OPEN || closing(); // pongs make way for each other
            case Flood flood -> !stage.reads() && stage != Stage.TLS_HANDSHAKE;
        };
    }

    /** The server has said goodbye already. */
    private boolean closing() {
        return stage == Stage.CLOSE_HANDSHAKE || stage == Stage.SHUTDOWN;
    }

    /** Whether the server may not have seen the handshake when the client vanished. */
    boolean mayHaveNoSession() {
        return stage == Stage.UPGRADE && (effect instanceof Reset || effect instanceof Fin);
    }

    Expected expected() {
        return switch (stage) {
            case CLOSE_HANDSHAKE -> Expected.of(Reason.SERVER_CLOSED, Operation.CLOSE);
            case SHUTDOWN -> Expected.of(Reason.SHUTDOWN, Operation.CLOSE);
            default -> expectedWhileOpen();
        };
    }

    private Expected expectedWhileOpen() {
        return switch (effect) {
            case Reset reset ->
                stage == Stage.LARGE_MESSAGE
                        ? lostByWriting()
                        : stage == Stage.UPGRADE && tls ? lostByAnswering() : lostByReading();
            case Fin fin ->
                stage == Stage.LARGE_MESSAGE
                        ? lostByWriting() // what it has not read makes it a reset
                        : stage == Stage.UPGRADE && tls
                                ? lostByAnswering() // so do TLS' session tickets, and the answer comes behind them
                                : Expected.of(Reason.EOF, Operation.READ);
            case HalfClose half -> Expected.of(Reason.EOF, Operation.READ);
            case TruncatedTls truncated -> Expected.of(Reason.EOF, Operation.READ);
            case Garbage garbage -> Expected.of(Reason.PROTOCOL_ERROR, Operation.READ);
            case NeverRead never -> Expected.of(Reason.WRITE_TIMEOUT, Operation.CLOCK);
            case Trickle trickle ->
                stage == Stage.LARGE_MESSAGE
                        ? Expected.of(Reason.WRITE_TIMEOUT, Operation.CLOCK)
                        : Expected.of(Reason.READ_TIMEOUT, Operation.CLOCK);
            case Stall stall ->
                switch (stage) {
                    case FRAME_HEADER, PAYLOAD, BETWEEN_FRAGMENTS -> Expected.of(Reason.READ_TIMEOUT, Operation.CLOCK);
                    default -> Expected.of(Reason.PING_TIMEOUT, Operation.CLOCK);
                };
            case Flood flood ->
                switch (stage) {
                    case PAYLOAD -> Expected.of(Reason.PROTOCOL_ERROR, Operation.READ);
                    case BETWEEN_FRAGMENTS -> Expected.of(Reason.TOO_LARGE, Operation.READ);
                    default -> Expected.of(Reason.PEER_CLOSED, Operation.READ);
                };
        };
    }

    /** Jetty's selector endpoint reports a reset that a read meets as the end of the stream. */
    private Expected lostByReading() {
        return Expected.of(io == IoPolicy.BLOCKING ? Reason.RESET : Reason.EOF, Operation.READ);
    }

    /** The system tells of a reset once: the answer to the handshake may be what met it, and the reader an end. */
    private Expected lostByAnswering() {
        return new Expected(Set.of(Reason.RESET, Reason.EOF), Set.of(Operation.READ));
    }

    /** Jetty closes its connection beneath the session: the write under way may be over by then. */
    private Expected lostByWriting() {
        return io == IoPolicy.BLOCKING
                ? Expected.of(Reason.RESET, Operation.WRITE)
                : Expected.of(Reason.RESET, Operation.WRITE, Operation.READ);
    }

    @Override
    public String toString() {
        return stage + " " + effect.getClass().getSimpleName() + (tls ? " over TLS" : "") + ", " + io;
    }
}
