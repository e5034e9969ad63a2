package dev.plainweave.proxy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The proxies that the documentation has a configuration for. It is these files that the tests run. */
enum Proxy {
    NGINX("nginx", "nginx-light", "nginx.conf") {
        @Override
        List<String> command(Path program, Path folder, String configuration) throws IOException {
            Files.writeString(folder.resolve("plainweave.conf"), configuration);
            Path main = folder.resolve("nginx.conf");
            Files.writeString(main, """
                daemon off;
                master_process off;
                pid FOLDER/pid;
                error_log stderr warn;
                events {}
                http {
                    access_log off;
                    client_body_temp_path FOLDER/body;
                    proxy_temp_path FOLDER/proxy;
                    fastcgi_temp_path FOLDER/fastcgi;
                    uwsgi_temp_path FOLDER/uwsgi;
                    scgi_temp_path FOLDER/scgi;
                    include FOLDER/plainweave.conf;
                }
                """.replace("FOLDER", folder.toString()));
            return List.of(program.toString(), "-e", "stderr", "-p", folder.toString(), "-c", main.toString());
        }
    },
    HAPROXY("haproxy", "haproxy", "haproxy.cfg") {
        @Override
        List<String> command(Path program, Path folder, String configuration) throws IOException {
            Path file = folder.resolve("haproxy.cfg");
            Files.writeString(file, configuration);
            return List.of(program.toString(), "-db", "-q", "-f", file.toString());
        }
    };

    private final String program;
    private final String debianPackage;
    private final String resource;

    Proxy(String program, String debianPackage, String resource) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.resource = resource;
    }

    abstract List<String> command(Path program, Path folder, String configuration) throws IOException;

    /** The configuration of the documentation. */
    String configuration() throws IOException, URISyntaxException {
        return Files.readString(
                Path.of(Proxy.class.getResource("/proxy/" + resource).toURI()), StandardCharsets.UTF_8);
    }

    /** The program; where it is not installed the test is skipped, but not on the build server. */
    Path installed() {
        Optional<Path> found = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String missing = program + " is not installed: apt-get install " + debianPackage;
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        return found.get();
    }
}
