package dev.plainweave.websocket;

import dev.plainweave.orders.EveryOrder;
import dev.plainweave.websocket.ModelSession.Sent;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The reading {@link Seat} in every order that its threads may take, as far as a model checker gets in so many runs: the
 * handler, the peer, the clock that sends attendants, and whoever ends the session. There is one on the seat at a time;
 * messages come once each and in order; nobody waits for ever; what is borrowed is given back. A wake-up that is lost shows
 * as a story that hangs.
 */
class SeatLincheckTest {
    private static final int RUNS = 30 * EveryOrder.THOROUGH;
    /** For two stories of two threads, in which what may go wrong needs three changes from one to the other. */
    private static final int MANY_RUNS = 15 * RUNS;

    private static final int ANY = -1;

    @Test
    void aReceiverAndAttendants() {
        EveryOrder.of(RUNS, () -> {
            ModelSession session = new ModelSession();
            EveryOrder.together(
                    () -> session.run(session::receiveAll),
                    () -> session.arrive(Sent.MESSAGE, Sent.MESSAGE, Sent.CLOSE),
                    () -> {
                        session.attend();
                        session.attend();
                    });
            session.over("peer closed", 2);
        });
    }

    @Test
    void aPingWhileAMessageIsHeldBack() {
        EveryOrder.of(RUNS, () -> {
            ModelSession session = new ModelSession();
            session.prime(Sent.MESSAGE);
            EveryOrder.together(
                    () -> session.run(session::receiveAll),
                    () -> session.arrive(Sent.PING, Sent.MESSAGE, Sent.CLOSE),
                    session::attend);
            session.over("peer closed", 2);
            EveryOrder.check(session.pings() == 1, "the ping is not answered");
        });
    }

    @Test
    void aCloseFromOutside() {
        EveryOrder.of(RUNS, () -> {
            ModelSession session = new ModelSession();
            EveryOrder.together(
                    () -> session.run(session::receiveAll),
                    () -> session.arrive(Sent.MESSAGE),
                    () -> session.endAndClose("server closed"),
                    session::attend);
            session.over("server closed", ANY);
        });
    }

    @Test
    void aHandlerThatLeavesWhenTheAttendantDoes() {
        EveryOrder.of(MANY_RUNS, () -> {
            ModelSession session = new ModelSession();
            session.arrive(Sent.MESSAGE, Sent.MESSAGE);
            EveryOrder.together(() -> session.run(session::receiveOne), session::attend);
            session.over("server closed", 1);
        });
    }

    @Test
    void aConnectionThatIsLost() {
        EveryOrder.of(RUNS, () -> {
            ModelSession session = new ModelSession();
            EveryOrder.together(
                    () -> session.run(session::receiveAll),
                    () -> session.arrive(Sent.MESSAGE, Sent.MESSAGE),
                    session::cut,
                    session::attend);
            session.over("cut", ANY);
        });
    }

    @Test
    void aConnectionThatIsLostWhenTheAttendantLeaves() {
        EveryOrder.of(MANY_RUNS, () -> {
            ModelSession session = new ModelSession();
            session.arrive(Sent.MESSAGE, Sent.MESSAGE);
            session.attend();
            EveryOrder.together(() -> session.run(() -> {
                session.receiveOne();
                session.cut();
            }));
            session.over("cut", 1);
        });
    }

    @Test
    void anInterrupt() {
        EveryOrder.of(RUNS, () -> {
            ModelSession session = new ModelSession();
            Thread handler = EveryOrder.actor(() -> session.run(() -> {
                session.receiveBriefly();
                session.receiveAll();
            }));
            handler.start();
            EveryOrder.together(() -> session.arrive(Sent.MESSAGE), () -> EveryOrder.interrupt(handler));
            session.attend();
            session.arrive(Sent.CLOSE);
            handler.join();
            session.over("interrupted, peer closed", ANY);
        });
    }

    @Test
    void anAttendantThatCannotBeStarted() {
        EveryOrder.of(RUNS, () -> {
            ModelSession session = new ModelSession();
            session.outOfMemory();
            EveryOrder.together(
                    () -> session.run(session::receiveAll), () -> session.arrive(Sent.MESSAGE, Sent.CLOSE), () -> {
                        try {
                            session.attend();
                        } catch (OutOfMemoryError told) {
                            session.attend();
                        }
                    });
            session.over("peer closed", 1);
        });
    }

    /** Those for which a short run has no time. */
    @Nested
    @EnabledIfSystemProperty(
            named = "plainweave.orders",
            matches = "\\d+",
            disabledReason = "told with -Dplainweave.orders=2, as .ci/run does")
    class AllTheOthers {
        @Test
        void receivingWithATimeoutAndWithout() {
            twiceThenAll(ModelSession::receiveBriefly);
        }

        @Test
        void aTimeoutThatIsFarAway() {
            twiceThenAll(ModelSession::receiveInTime);
        }

        private static void twiceThenAll(Consumer<ModelSession> receive) {
            EveryOrder.of(RUNS, () -> {
                ModelSession session = new ModelSession();
                EveryOrder.together(
                        () -> session.run(() -> {
                            receive.accept(session);
                            receive.accept(session);
                            session.receiveAll();
                        }),
                        () -> session.arrive(Sent.MESSAGE, Sent.MESSAGE, Sent.CLOSE));
                session.over("peer closed", 2);
            });
        }

        @Test
        void aCloseThatThePeerDoesNotAnswer() {
            EveryOrder.of(RUNS, () -> {
                ModelSession session = new ModelSession();
                session.silentPeer();
                session.attend();
                EveryOrder.together(() -> session.run(session::receiveAll), () -> session.endAndClose("server closed"));
                session.over("server closed", 0);
            });
        }

        @Test
        void aHandlerThatLeavesWhileTheAttendantHoldsAMessage() {
            EveryOrder.of(RUNS, () -> {
                ModelSession session = new ModelSession();
                EveryOrder.together(
                        () -> session.run(() -> {}), () -> session.arrive(Sent.MESSAGE, Sent.MESSAGE), session::attend);
                session.over("server closed", 0);
            });
        }

        @Test
        void aConnectionThatIsLostBeforeAnybodyReads() {
            EveryOrder.of(RUNS, () -> {
                ModelSession session = new ModelSession();
                session.prime(Sent.MESSAGE);
                EveryOrder.together(() -> session.run(() -> {}), session::cut);
                session.over("server closed, cut", 0);
            });
        }

        @Test
        void aConnectionThatIsLostAfterAClose() {
            EveryOrder.of(RUNS, () -> {
                ModelSession session = new ModelSession();
                EveryOrder.together(
                        () -> session.run(() -> session.endAndClose("server closed")), session::cut, session::attend);
                session.over("server closed, cut", ANY);
            });
        }

        @Test
        void aShutdown() {
            EveryOrder.of(RUNS, () -> {
                ModelSession session = new ModelSession();
                EveryOrder.together(
                        () -> session.run(() -> {
                            session.receiveOne();
                            session.receiveAll();
                        }),
                        () -> session.arrive(Sent.MESSAGE),
                        session::shutdown,
                        session::attend);
                session.over("shutdown", ANY);
            });
        }

        @Test
        void twoReceiversInTurnAndAtOnce() {
            EveryOrder.of(RUNS, () -> {
                ModelSession session = new ModelSession();
                EveryOrder.together(
                        () -> session.run(() -> {
                            receiveUnlessTaken(session);
                            receiveUnlessTaken(session);
                        }),
                        () -> session.arrive(Sent.MESSAGE, Sent.MESSAGE),
                        () -> receiveUnlessTaken(session));
                session.over("server closed", ANY);
            });
        }
    }

    private static void receiveUnlessTaken(ModelSession session) {
        try {
            session.receiveBriefly();
        } catch (IllegalStateException another) {
            // as it must be
        } catch (RuntimeException over) {
            // and so must that
        }
    }
}
