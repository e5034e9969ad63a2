package dev.plainweave.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;

/** A servlet application as people write them for Jetty; it knows nothing of this project. */
final class PlainApplication {
    private PlainApplication() {}

    static void setUp(ServletContextHandler context) {
        ServletHolder forms = new ServletHolder("forms", new Forms());
        forms.setInitParameter("greeting", "Dear");
        context.addServlet(forms, "/app/form");
        ServletHolder async = new ServletHolder("async", new Async());
        async.setAsyncSupported(true);
        context.addServlet(async, "/app/async");
        context.addServlet(Failing.class, "/app/fails");
        context.addServlet(Page.class, "/app/error-page");
        context.addServlet(Front.class, "*.do");
        context.addFilter(Stamp.class, "/app/*", EnumSet.of(DispatcherType.REQUEST))
                .setAsyncSupported(true);
        context.addEventListener(new Counter());
        context.addEventListener(new Start());
        context.addServletContainerInitializer((types, servletContext) ->
                servletContext.addServlet("added", new Added()).addMapping("/app/added"));
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(ArithmeticException.class, "/app/error-page");
        errors.addErrorPage(410, "/app/error-page");
        context.setErrorHandler(errors);
    }

    static final class Forms extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getSession().setAttribute("name", request.getParameter("name"));
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter()
                    .print(getInitParameter("greeting") + " " + request.getParameter("name") + ", "
                            + request.getServletPath() + " " + request.getPathInfo() + " "
                            + getServletContext().getAttribute("started"));
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getRequestDispatcher("/app/added").forward(request, response);
        }
    }

    static final class Async extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext later = request.startAsync();
            later.start(() -> {
                try {
                    response.getWriter().print("later");
                } catch (IOException gone) {
                    getServletContext().log("gone", gone);
                }
                later.complete();
            });
        }
    }

    /** Fails in the way that the query names. */
    public static final class Failing extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            switch (String.valueOf(request.getQueryString())) {
                case "arithmetic" -> throw new ServletException(new ArithmeticException("by zero"));
                case "gone" -> response.sendError(410, "gone");
                default -> response.sendRedirect("/app/added");
            }
        }
    }

    /** The application's own error page. */
    public static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print("page for " + request.getAttribute("jakarta.servlet.error.status_code") + " "
                            + request.getAttribute("jakarta.servlet.error.exception_type"));
        }
    }

    /** Mapped by an extension. */
    public static final class Front extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("front " + request.getServletPath());
        }
    }

    static final class Added extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("added, " + request.getDispatcherType());
        }
    }

    /** Marks what passes. */
    public static final class Stamp extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            response.setHeader("X-Stamp", "passed");
            chain.doFilter(request, response);
        }
    }

    private static final class Start implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            context.setAttribute("started", "yes");
        }
    }

    private static final class Counter implements ServletRequestListener {
        private int requests;

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            event.getServletContext().setAttribute("requests", ++requests);
        }
    }
}
