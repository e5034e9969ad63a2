package dev.plainweave.http;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Jetty's ResourceServlet is told at its start; nothing of it is the application's to change. */
record FileConfig(ServletConfig config) implements ServletConfig {
    /** Links are checked by {@link FileRoot#holds}, not by a rule that Jetty would add for its own idea of the root. */
    private static final Map<String, String> PARAMETERS = Map.of("allowAliases", "false", "dirAllowed", "false");

    @Override
    public String getServletName() {
        return config.getServletName();
    }

    @Override
    public ServletContext getServletContext() {
        return config.getServletContext();
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return PARAMETERS.get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(PARAMETERS.keySet());
    }
}
