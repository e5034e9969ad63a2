package dev.plainweave.gallery.examples;

import dev.plainweave.access.User;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.Optional;

/** Logging in and out. The login page is a page like any other; requires("/path") would send strangers there. */
public final class LoginExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder()
                .page("/", LoginExample::page)
                .login("/login", LoginExample::login)
                .start(8080)
                .awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        if (page.user().isEmpty()) {
            page.label("Nobody knows you here.");
            page.button("Log in")
                    .onClick(() -> page.navigate("/login?next=" + page.request().path()));
        } else {
            page.label("You are " + page.user().get().getName() + ", in all tabs of this browser.");
            page.button("Log out").onClick(() -> page.logout(page.request().path()));
        }
    }

    /** Builds the login page. */
    public static void login(Page page) {
        page.heading("Log in");
        var name = page.input("Name").placeholder("ada");
        var password = page.input("Password").password();
        page.label("Here a password is the name, written backwards.");
        page.button("Log in").onClick(() -> {
            switch (page.tryLogin(() -> find(name.value(), password.value()))) {
                case LOGGED_IN -> {} // on the way back to where they wanted to go
                case REFUSED -> password.invalid("That is not right.");
                case TOO_MANY -> password.invalid("Too many attempts. Wait a minute.");
            }
        });
    }

    private static Optional<User> find(String name, String password) {
        boolean right =
                !name.isEmpty() && new StringBuilder(name).reverse().toString().equals(password);
        return right ? Optional.of(User.of(name)) : Optional.empty();
    }
}
