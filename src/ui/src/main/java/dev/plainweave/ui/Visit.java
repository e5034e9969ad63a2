package dev.plainweave.ui;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a page was opened by, and what its connections have to match.
 *
 * @param visitor whose cookie it was fetched with
 * @param declared the page's path, as it was declared
 * @param login what the visitor is logged in by, if that was a login page of this application
 * @param required of who opens it, and of who connects to it later
 */
record Visit(
        PageRequest request,
        String visitor,
        String declared,
        @Nullable LoginSession login,
        List<Predicate<? super Principal>> required) {
    /** Of nobody who is known, to where nothing is required. */
    static Visit of(PageRequest request, String visitor) {
        return new Visit(request, visitor, request.path(), null, List.of());
    }

    /**
     * Whether a connection may go on with the page. Who has opened it may have logged out since, or lost a role.
     *
     * @param by the login that the connection comes with
     * @param who the connection's principal
     */
    @SuppressWarnings("ReferenceEquality") // one login of a user is not another
    boolean admits(Optional<LoginSession> by, Optional<Principal> who) {
        boolean same = login != null
                ? by.orElse(null) == login
                : request.user().isEmpty()
                        || who.map(Principal::getName).equals(request.user().map(Principal::getName));
        return same
                && (required.isEmpty()
                        || (who.isPresent() && required.stream().allMatch(each -> each.test(who.get()))));
    }
}
