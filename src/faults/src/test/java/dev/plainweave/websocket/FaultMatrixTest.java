package dev.plainweave.websocket;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.plainweave.server.IoPolicy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Every fault at every stage, all of one policy at the same time against one server: each session ends once and says why,
 * nothing is logged, nothing is left, and sixteen neighbours notice nothing. What was counted is printed ({@link FaultTally}).
 */
@Timeout(120)
@Isolated("counts the descriptors and threads of the process")
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class FaultMatrixTest {
    private static final List<FaultRun> RUNS = new CopyOnWriteArrayList<>();

    @AfterAll
    static void tally() throws IOException {
        FaultTally.write(RUNS.stream().map(FaultRun::figures).toList());
    }

    @TestFactory
    Stream<DynamicContainer> faults() {
        return Stream.of(IoPolicy.values())
                .flatMap(io -> Stream.of(false, true)
                        .map(tls -> dynamicContainer(io + (tls ? " over TLS" : ""), tests(io, tls))));
    }

    private static Stream<DynamicTest> tests(IoPolicy io, boolean tls) {
        List<Fault> faults = Fault.all(io, tls);
        FaultRun run = new FaultRun(io, tls, faults);
        RUNS.add(run);
        return Stream.concat(
                Stream.of(
                        dynamicTest("all of them, and nothing is left", run::run),
                        dynamicTest("nothing is logged", run::assertNothingLogged),
                        dynamicTest("sixteen neighbours notice nothing", run::assertNeighboursUndisturbed)),
                faults.stream().map(fault -> dynamicTest(fault.toString(), () -> run.assertEnded(fault))));
    }
}
