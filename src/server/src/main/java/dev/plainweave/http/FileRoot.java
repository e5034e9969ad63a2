package dev.plainweave.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Where files are: a directory, or a place on the class path. */
sealed interface FileRoot {
    /** What Jetty reads from. */
    Resource resource(ResourceFactory factory);

    /** Whether what a link leads to is still below this. */
    boolean holds(Resource linked);

    static FileRoot directory(Path path) {
        try {
            Path real = path.toRealPath();
            if (Files.isDirectory(real)) {
                return new Directory(real);
            }
        } catch (IOException missing) {
            // said below
        }
        throw new IllegalArgumentException("there is no directory " + path + " to serve files from");
    }

    static FileRoot classPath(String prefix) {
        Optional<ClassPath> found = findOnClassPath(prefix);
        return found.orElseThrow(() -> new IllegalArgumentException("there is no directory \"" + prefix
                + "\" on the class path; expected one such as \"site\", without a slash at its ends, that is in no"
                + " package of a named module"));
    }

    static Optional<ClassPath> findOnClassPath(String prefix) {
        if (prefix.isBlank() || prefix.startsWith("/") || prefix.endsWith("/")) {
            return Optional.empty();
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            List<URL> places = new ArrayList<>(Collections.list(
                    (loader == null ? ClassLoader.getSystemClassLoader() : loader).getResources(prefix)));
            return places.isEmpty() ? Optional.empty() : Optional.of(new ClassPath(places));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A directory of the file system. */
    record Directory(Path path) implements FileRoot {
        @Override
        public Resource resource(ResourceFactory factory) {
            return factory.newResource(path);
        }

        @Override
        public boolean holds(Resource linked) {
            try {
                Path target = linked.getPath();
                return target != null && target.toRealPath().startsWith(path);
            } catch (IOException gone) {
                return false;
            }
        }
    }

    /** A directory of the class path, which several jars may have a part of. */
    record ClassPath(List<URL> places) implements FileRoot {
        @Override
        public Resource resource(ResourceFactory factory) {
            List<Resource> parts = places.stream().map(factory::newResource).toList();
            return parts.size() == 1 ? parts.get(0) : ResourceFactory.combine(parts);
        }

        @Override
        public boolean holds(Resource linked) {
            return false;
        }
    }
}
