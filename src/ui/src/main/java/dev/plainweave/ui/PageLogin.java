package dev.plainweave.ui;

import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Logging in and out, from a page. */
final class PageLogin {
    /** How long the page that has logged out may take to go. */
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private PageLogin() {}

    static void login(LivePage page, Principal user, String target) {
        page.navigate(page.all().logins().ticket(page, user, target));
    }

    static LoginResult tryLogin(LivePage page, Callable<? extends Optional<? extends Principal>> check)
            throws Exception {
        Attempts attempts = page.all().logins().attempts();
        String address = page.request().address();
        if (!attempts.begin(address)) {
            return LoginResult.TOO_MANY;
        }
        Optional<? extends Principal> found = page.blocking(check);
        if (found.isEmpty()) {
            return LoginResult.REFUSED;
        }
        attempts.succeeded(address);
        login(page, found.get(), Logins.wanted(page.request()));
        return LoginResult.LOGGED_IN;
    }

    static void logout(LivePage page, String target) {
        Urls.checked(target);
        LoginSession login = page.visit.login();
        if (login != null) {
            page.all().logins().end(login, page);
            page.all().clock().after(LEAVING, () -> page.end(PageEnd.LOGGED_OUT));
        }
        page.navigate(target);
    }
}
