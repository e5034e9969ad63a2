package dev.plainweave.connector;

import dev.plainweave.connector.ReadTurn.Summon;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The small world around {@link ReadTurn} that {@link ReadTurnTest} explores: who is where, and what is under way. */
final class ReadTurnModel {
    private static final VarHandle STATE = state();

    private ReadTurnModel() {}

    /** Where the loop's thread is. */
    enum Loop {
        ASKING,
        READING,
        READ,
        DELIVERING,
        HANDLING,
        REGISTERING_TO_UNWIND,
        REGISTERING_TO_WAIT,
        WAITING,
        PARKED,
        OWNED,
        GONE
    }

    /** Who may act on the connection: Jetty sees to it that this is one party at a time. */
    enum Actor {
        CALLBACK,
        LOOP,
        OTHER,
        NOBODY
    }

    /** Everything that matters at one moment. */
    record World(
            int turn,
            Loop loop,
            boolean permit,
            Actor actor,
            boolean loopWaits,
            boolean readSince,
            int interests,
            int unparks,
            int starts,
            int helpers,
            int helpersReading,
            int helpersDone,
            int helpersDelivering,
            boolean draining,
            boolean owned,
            boolean closed,
            Budget budget) {}

    /** How often things may still happen. */
    record Budget(int registrations, int timeouts, int drains, int owners, int closes) {}

    /** A world under change. */
    static final class Step {
        final ReadTurn real = new ReadTurn();
        Loop loop;
        boolean permit;
        Actor actor;
        boolean loopWaits;
        boolean readSince;
        int interests;
        int unparks;
        int starts;
        int helpers;
        int helpersReading;
        int helpersDone;
        int helpersDelivering;
        boolean draining;
        boolean owned;
        boolean closed;
        Budget budget;

        Step(World from) {
            STATE.setVolatile(real, from.turn);
            loop = from.loop;
            permit = from.permit;
            actor = from.actor;
            loopWaits = from.loopWaits;
            readSince = from.readSince;
            interests = from.interests;
            unparks = from.unparks;
            starts = from.starts;
            helpers = from.helpers;
            helpersReading = from.helpersReading;
            helpersDone = from.helpersDone;
            helpersDelivering = from.helpersDelivering;
            draining = from.draining;
            owned = from.owned;
            closed = from.closed;
            budget = from.budget;
        }

        World world() {
            return new World(
                    (int) STATE.getVolatile(real),
                    loop,
                    permit,
                    actor,
                    loopWaits,
                    readSince,
                    interests,
                    unparks,
                    starts,
                    helpers,
                    helpersReading,
                    helpersDone,
                    helpersDelivering,
                    draining,
                    owned,
                    closed,
                    budget);
        }

        void follow(Summon summon) {
            switch (summon) {
                case NOBODY -> {}
                case LOOP -> unparks++;
                case HELPER -> starts++;
            }
        }

        void register(boolean byWaitingLoop) {
            actor = Actor.CALLBACK;
            loopWaits = byWaitingLoop;
            readSince = false;
            budget = new Budget(budget.registrations - 1, budget.timeouts, budget.drains, budget.owners, budget.closes);
        }

        /** The registered callback is called: by the loop, or by another thread. */
        void call(boolean byLoop) {
            if (loopWaits) {
                loop = Loop.HANDLING;
                actor = Actor.LOOP;
            } else {
                actor = byLoop ? Actor.LOOP : Actor.OTHER;
                loop = byLoop ? Loop.HANDLING : loop;
            }
        }

        void own() {
            owned = true;
            actor = Actor.NOBODY;
            budget = new Budget(budget.registrations, budget.timeouts, budget.drains, 0, budget.closes);
            if (real.own()) {
                unparks++;
            }
        }
    }

    private static VarHandle state() {
        try {
            return MethodHandles.privateLookupIn(ReadTurn.class, MethodHandles.lookup())
                    .findVarHandle(ReadTurn.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
