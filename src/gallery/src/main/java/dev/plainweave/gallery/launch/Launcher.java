package dev.plainweave.gallery.launch;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/**
 * Starts the gallery, or says which Java it needs. Compiled for Java 8, so that an older Java prints that sentence and
 * not an UnsupportedClassVersionError.
 */
public final class Launcher {
    /** The oldest Java that runs the rest of the jar. */
    static final int NEEDED = 21;

    private static final String MAIN = "dev.plainweave.gallery.Gallery";
    private static final int USAGE = 2;

    private Launcher() {}

    /** Hands over to the gallery; on a Java that is too old, ends with exit code 2. */
    public static void main(String[] arguments) throws Throwable {
        String version = System.getProperty("java.specification.version");
        if (!suffices(version, System.getProperty("java.version"), System.getProperty("java.home"), System.err)) {
            System.exit(USAGE);
        }
        try {
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** Whether that Java will do; otherwise says on one line what was expected and what was found. */
    static boolean suffices(String specification, String version, String home, PrintStream err) {
        if (major(specification) >= NEEDED) {
            return true;
        }
        err.println("plainweave needs Java " + NEEDED + " or newer, this is Java " + version + " (" + home + ")");
        return false;
    }

    /** The 8 of {@code 1.8}, the 17 of {@code 17}. */
    private static int major(String specification) {
        String[] parts = specification.split("\\.", -1);
        return Integer.parseInt(parts[0].equals("1") && parts.length > 1 ? parts[1] : parts[0]);
    }
}
