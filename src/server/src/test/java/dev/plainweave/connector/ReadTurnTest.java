package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.connector.ReadTurnModel.Actor;
import dev.plainweave.connector.ReadTurnModel.Budget;
import dev.plainweave.connector.ReadTurnModel.Loop;
import dev.plainweave.connector.ReadTurnModel.Step;
import dev.plainweave.connector.ReadTurnModel.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Explores every interleaving of a small world around {@link ReadTurn}: the loop, its helpers, handlers on the loop's thread
 * and on others, an idle timeout, a drain, a new owner and a close, with a budget for each. One step is one call of the
 * real class, which is one atomic change, or one act outside it as {@link BlockingEndPoint} and Jetty's FillInterest do
 * it. A world that was seen before is not explored again.
 *
 * <p>What is wanted: one reader at a time; an interest that is registered is read for until it is delivered; what is
 * delivered has been read for; a parked loop is woken for what only it can do.
 */
class ReadTurnTest {
    @ParameterizedTest(name = "registrations {0}, timeouts {1}, drains {2}, owners {3}, closes {4}")
    @CsvSource({"4, 0, 0, 0, 0", "3, 0, 2, 0, 0", "3, 0, 1, 1, 0", "3, 2, 0, 0, 0", "3, 1, 1, 1, 0", "3, 1, 1, 1, 1"})
    void nothingIsLostInAnyOrder(int registrations, int timeouts, int drains, int owners, int closes) {
        Budget budget = new Budget(registrations, timeouts, drains, owners, closes);
        World first = new World(
                0, Loop.HANDLING, false, Actor.LOOP, false, false, 0, 0, 0, 0, 0, 0, 0, false, false, false, budget);
        Map<World, World> cameFrom = new HashMap<>();
        Deque<World> open = new ArrayDeque<>();
        cameFrom.put(first, first);
        open.add(first);
        while (!open.isEmpty()) {
            World world = open.poll();
            check(oneReader(world), "two readers", world, cameFrom);
            List<World> next = next(world, timeouts == 0, cameFrom);
            if (next.isEmpty()) {
                checkEnd(world, cameFrom);
            }
            for (World each : next) {
                if (cameFrom.putIfAbsent(each, world) == null) {
                    open.add(each);
                }
            }
        }
        assertTrue(cameFrom.size() > 100, "explored " + cameFrom.size());
    }

    private static boolean oneReader(World world) {
        int loop = world.loop() == Loop.READING || world.loop() == Loop.READ || world.loop() == Loop.OWNED ? 1 : 0;
        return loop + world.helpersReading() + world.helpersDone() + (world.draining() ? 1 : 0) <= 1;
    }

    /** Nothing more will happen: all must be well. */
    private static void checkEnd(World world, Map<World, World> cameFrom) {
        if (world.closed() || world.owned()) {
            check(world.loop() == Loop.GONE, "the loop does not leave", world, cameFrom);
        } else {
            check(world.actor() != Actor.CALLBACK, "an interest is lost", world, cameFrom);
            check(world.loop() == Loop.PARKED, "the loop is stuck", world, cameFrom);
        }
    }

    private static List<World> next(World world, boolean strict, Map<World, World> cameFrom) {
        List<World> next = new ArrayList<>();
        loopSteps(world, strict, next, cameFrom);
        helperSteps(world, strict, next, cameFrom);
        otherSteps(world, next);
        return next;
    }

    private static void loopSteps(World world, boolean strict, List<World> next, Map<World, World> cameFrom) {
        Step step = new Step(world);
        switch (world.loop()) {
            case ASKING ->
                step.loop = switch (step.real.next()) {
                    case READ -> Loop.READING;
                    case DELIVER -> Loop.DELIVERING;
                    case RUN_OWNER -> Loop.OWNED;
                    case PARK -> Loop.PARKED;
                    case LEAVE -> Loop.GONE;
                };
            case READING -> {
                step.loop = Loop.READ;
                step.readSince = true;
            }
            case READ -> {
                step.real.finishedByLoop();
                step.loop = Loop.DELIVERING;
            }
            case DELIVERING -> {
                if (world.actor() == Actor.CALLBACK) {
                    check(!strict || world.readSince(), "delivered without a read", world, cameFrom);
                    step.call(true);
                } else {
                    step.loop = Loop.ASKING;
                }
            }
            case HANDLING -> {
                handlerSteps(world, next);
                return;
            }
            case REGISTERING_TO_UNWIND -> {
                step.follow(step.real.interest(true));
                step.loop = Loop.ASKING;
            }
            case REGISTERING_TO_WAIT -> {
                step.follow(step.real.interest(false));
                // It may have been called already.
                step.loop = world.actor() == Actor.LOOP ? Loop.HANDLING : Loop.WAITING;
            }
            case PARKED -> {
                if (!world.permit()) {
                    return;
                }
                step.permit = false;
                step.loop = Loop.ASKING;
            }
            case OWNED -> step.loop = Loop.GONE;
            case WAITING, GONE -> {
                return;
            }
        }
        next.add(step.world());
    }

    /** What a handler on the loop's thread may do. */
    private static void handlerSteps(World world, List<World> next) {
        Step leave = new Step(world);
        leave.loop = Loop.ASKING;
        leave.actor = world.actor() == Actor.LOOP ? Actor.OTHER : world.actor();
        next.add(leave.world());
        if (world.actor() != Actor.LOOP) {
            return;
        }
        if (world.budget().registrations() > 0) {
            Step unwind = new Step(world);
            unwind.register(false);
            unwind.loop = Loop.REGISTERING_TO_UNWIND;
            next.add(unwind.world());
            Step wait = new Step(world);
            wait.register(true);
            wait.loop = Loop.REGISTERING_TO_WAIT;
            next.add(wait.world());
        }
        if (world.budget().owners() > 0) {
            Step own = new Step(world);
            own.own();
            own.loop = Loop.ASKING;
            next.add(own.world());
        }
    }

    private static void helperSteps(World world, boolean strict, List<World> next, Map<World, World> cameFrom) {
        if (world.starts() > 0) {
            Step step = new Step(world);
            step.starts--;
            step.helpers++;
            next.add(step.world());
        }
        if (world.helpers() > 0) {
            Step step = new Step(world);
            step.helpers--;
            if (step.real.claimByHelper()) {
                step.helpersReading++;
            }
            next.add(step.world());
        }
        if (world.helpersReading() > 0) {
            Step step = new Step(world);
            step.helpersReading--;
            step.helpersDone++;
            step.readSince = true;
            next.add(step.world());
        }
        if (world.helpersDone() > 0) {
            Step step = new Step(world);
            step.helpersDone--;
            if (step.real.finishedByHelper()) {
                step.unparks++;
            } else {
                step.helpersDelivering++;
            }
            next.add(step.world());
        }
        if (world.helpersDelivering() > 0) {
            Step step = new Step(world);
            step.helpersDelivering--;
            if (world.actor() == Actor.CALLBACK) {
                check(!strict || world.readSince(), "delivered without a read", world, cameFrom);
                deliverFromOutside(step);
            }
            next.add(step.world());
        }
    }

    /** The callback is called on another thread than the loop's; a handler that waits there goes on. */
    private static void deliverFromOutside(Step step) {
        if (step.loopWaits && step.loop != Loop.WAITING) {
            step.actor = Actor.LOOP; // still registering: it will not wait
        } else {
            step.call(false);
        }
    }

    private static void otherSteps(World world, List<World> next) {
        if (world.unparks() > 0) {
            Step step = new Step(world);
            step.unparks--;
            step.permit = true;
            next.add(step.world());
        }
        if (world.interests() > 0) {
            Step step = new Step(world);
            step.interests--;
            step.follow(step.real.interest(false));
            next.add(step.world());
        }
        if (world.actor() == Actor.OTHER && world.budget().registrations() > 0) {
            Step step = new Step(world);
            step.register(false);
            step.interests++;
            next.add(step.world());
        }
        if (world.actor() == Actor.OTHER && world.budget().owners() > 0) {
            Step step = new Step(world);
            step.own();
            next.add(step.world());
        }
        if (world.actor() == Actor.CALLBACK && world.budget().timeouts() > 0) {
            Step step = new Step(world);
            Budget budget = world.budget();
            step.budget = new Budget(
                    budget.registrations(), budget.timeouts() - 1, budget.drains(), budget.owners(), budget.closes());
            deliverFromOutside(step);
            next.add(step.world());
        }
        drainSteps(world, next);
        closeSteps(world, next);
    }

    private static void drainSteps(World world, List<World> next) {
        Budget budget = world.budget();
        if (world.draining()) {
            Step step = new Step(world);
            step.draining = false;
            step.follow(step.real.drained());
            next.add(step.world());
        } else if (budget.drains() > 0 && world.loop() != Loop.OWNED) {
            Step step = new Step(world);
            step.budget = new Budget(
                    budget.registrations(), budget.timeouts(), budget.drains() - 1, budget.owners(), budget.closes());
            step.draining = !step.real.quiet() && step.real.claimToDrain();
            next.add(step.world());
        }
    }

    private static void closeSteps(World world, List<World> next) {
        Budget budget = world.budget();
        if (budget.closes() > 0) {
            Step step = new Step(world);
            step.budget = new Budget(budget.registrations(), budget.timeouts(), budget.drains(), budget.owners(), 0);
            step.closed = true;
            if (step.real.close()) {
                step.unparks++;
            }
            next.add(step.world());
        }
        if (world.closed() && world.actor() == Actor.CALLBACK) { // Jetty fails it, also when it comes after the close
            Step step = new Step(world);
            deliverFromOutside(step);
            next.add(step.world());
        }
    }

    private static void check(boolean good, String what, World world, Map<World, World> cameFrom) {
        if (good) {
            return;
        }
        StringBuilder trace = new StringBuilder(what);
        Deque<World> way = new ArrayDeque<>();
        for (World each = world; !each.equals(cameFrom.get(each)); each = cameFrom.get(each)) {
            way.push(each);
        }
        for (World each : way) {
            trace.append("\n  ").append(each);
        }
        throw new AssertionError(trace.toString());
    }
}
