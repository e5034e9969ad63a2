package dev.plainweave.server;

import dev.plainweave.access.User;
import java.security.Principal;
import javax.security.auth.Subject;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Tells Jetty, and by it servlets, sessions and the request log, whom the authenticator found. */
record SignedIn(Principal principal) implements AuthenticationState.Succeeded, UserIdentity {
    @Override
    public String getAuthenticationType() {
        return "CUSTOM";
    }

    @Override
    public UserIdentity getUserIdentity() {
        return this;
    }

    @Override
    public Subject getSubject() {
        Subject subject = new Subject();
        subject.getPrincipals().add(principal);
        subject.setReadOnly();
        return subject;
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public boolean isUserInRole(String role) {
        return User.inRole(role).test(principal);
    }

    @Override
    public void logout(Request request, Response response) {
        AuthenticationState.setAuthenticationState(request, null);
    }
}
