package dev.plainweave.ui;

import dev.plainweave.access.User;
import dev.plainweave.http.HttpError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** What README.md shows of live pages, between the marks: here it compiles, {@link ReadmePagesTest} compares. */
final class ReadmePages {
    record Order(long id, String csv) {}

    interface Orders {
        Optional<Order> find(long id);
    }

    interface Accounts {
        boolean isFree(String name);

        void add(String name);
    }

    private ReadmePages() {}

    static void join(Page page, Accounts accounts) {
        // readme
        Property<String> name = Property.of("");
        Input field = page.input("Name").bind(name).required("We need a name.");
        field.validate(accounts::isFree, "That one is taken."); // may block; the newest input wins
        page.label("").bind(name.map(text -> "Hello, " + text)); // follows as one types
        page.button("Join").onClick(() -> {
            if (Field.check(field)) accounts.add(name.value());
        });
        // end
    }

    static PlainweaveBuilder shop(Orders orders, PageFunction login) throws IOException {
        Predicate<java.security.Principal> admins = User.inRole("admin");
        PlainweaveBuilder builder = Plainweave.builder();
        // readme
        builder.login("/login", login); // where they are sent who must be somebody
        builder.requires("/admin/*", admins); // holds for pages, their sockets, and everything else
        builder.storage(Store.files(Path.of("data")));
        builder.errorPage((page, error) -> page.heading(error.status() + ": " + error.detail()));
        builder.page("/admin/orders/{id}", page -> {
            Order order = orders.find(page.request().number("id")).orElseThrow(() -> new HttpError(404));
            page.heading(
                    "Order " + order.id() + ", for " + page.user().orElseThrow().getName());
            page.input("Note").bind(page.storage(Scope.USER).property("note", String.class, ""));
            page.button("As CSV").onClick(() -> page.download("order.csv", "text/csv", Content.of(order.csv())));
        });
        // end
        return builder;
    }
}
