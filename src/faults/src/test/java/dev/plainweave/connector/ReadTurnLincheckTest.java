package dev.plainweave.connector;

import dev.plainweave.orders.EveryOrder;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Whether each call of {@link ReadTurn} is one atomic change, whichever threads call at the same time. {@code ReadTurnTest}
 * explores every order of such changes and checks what follows; it takes for granted what is shown here.
 */
public class ReadTurnLincheckTest {
    private static final int ITERATIONS = 15 * EveryOrder.THOROUGH;

    private final ReadTurn turn = new ReadTurn();

    @Operation
    public String interest() {
        return turn.interest(false).name();
    }

    @Operation
    public String interestOfTheLoop() {
        return turn.interest(true).name();
    }

    @Operation
    public String next() {
        return turn.next().name();
    }

    @Operation
    public void finishedByLoop() {
        turn.finishedByLoop();
    }

    @Operation
    public boolean claimByHelper() {
        return turn.claimByHelper();
    }

    @Operation
    public boolean finishedByHelper() {
        return turn.finishedByHelper();
    }

    @Operation
    public boolean claimToDrain() {
        return turn.claimToDrain();
    }

    @Operation
    public String drained() {
        return turn.drained().name();
    }

    @Operation
    public boolean own() {
        return turn.own();
    }

    @Operation
    public boolean close() {
        return turn.close();
    }

    @Operation
    public boolean quiet() {
        return turn.quiet();
    }

    @Test
    void everyCallIsOneAtomicChange() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(ITERATIONS)
                .invocationsPerIteration(1000)
                .check(ReadTurnLincheckTest.class);
    }
}
