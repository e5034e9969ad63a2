package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open pages of a server. */
final class Pages implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration EXPIRE = Duration.ofSeconds(30);
    private static final int ID_BYTES = 9;
    private static final int SECRET_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, LivePage> open = new ConcurrentHashMap<>();
    private final PageCounts counts = new PageCounts(this);
    private final Clock clock = new Clock();
    private final Scripts scripts = new Scripts(this);
    private final ScriptModules modules = new ScriptModules();
    private final Downloads downloads = new Downloads(this);
    private final Pictures pictures = new Pictures(this);
    private final PageLimits limits;
    private final Places places;
    private final FailureLog failures;
    private final PageFailure onFailure;
    private final Registration looking;
    private final App app;
    private final Storages storages;
    private final Logins logins;

    Pages(PageLimits limits, PageFailure onFailure) {
        this(limits, onFailure, new LiveApp(), Store.memory(), Optional.empty(), LoginLimits.DEFAULT);
    }

    /**
     * No pages yet.
     *
     * @param loginPage the path where visitors log in, if they can
     */
    Pages(
            PageLimits limits,
            PageFailure onFailure,
            App app,
            Store store,
            Optional<String> loginPage,
            LoginLimits loginLimits) {
        this.limits = limits;
        places = new Places(limits, counts);
        failures = new FailureLog(limits, clock, FailureLog.WINDOW);
        this.onFailure = onFailure;
        this.app = app;
        storages = new Storages(store, clock);
        logins = new Logins(this, loginPage, loginLimits);
        looking = clock.every(LOOK, this::look);
        clock.every(EXPIRE, logins::expire);
    }

    /**
     * Makes a page.
     *
     * @throws dev.plainweave.http.HttpError if there are too many
     */
    LivePage open(Visit visit) {
        Places.Place place = places.take(visit.visitor(), visit.request().address());
        LivePage page = new LivePage(this, visit, place, token(ID_BYTES), bytes(SECRET_BYTES));
        open.put(page.id, page);
        return page;
    }

    /** The same for nobody who is known. */
    LivePage open(PageRequest request, String visitor) {
        return open(Visit.of(request, visitor));
    }

    /** Text of so many random bytes, for URLs and cookies. */
    String token(int length) {
        return text(bytes(length));
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The page, for who knows its secret and comes with the cookie that it was fetched with. */
    Optional<LivePage> find(String id, String secret, String visitor) {
        LivePage page = open.get(id);
        if (page == null || !page.visitor.equals(visitor)) {
            return Optional.empty();
        }
        byte[] claimed = secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] own = text(page.secret).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(claimed, own) ? Optional.of(page) : Optional.empty();
    }

    void remove(LivePage page) {
        open.remove(page.id, page);
        page.place.giveBack();
        scripts.forget(page);
        downloads.forget(page);
    }

    Collection<LivePage> all() {
        return List.copyOf(open.values());
    }

    private void look() {
        downloads.expire();
        for (LivePage page : open.values()) {
            try {
                page.look(limits.slowConsumer());
            } catch (RuntimeException failed) {
                LOGGER.warn("looking after page {} failed", page.id, failed);
            }
        }
    }

    /** Logs what a handler threw, with its stack unless there are too many; the id that finds it. */
    String failed(LivePage page, Throwable failure) {
        counts.failures.increment();
        String error = token(6);
        String path = LogText.plain(page.request().path());
        boolean told = failures.admits(page.id);
        if (told) {
            LOGGER.warn("error {}: a handler of the page {} failed", error, path, failure);
        } else {
            LOGGER.debug("error {}: a handler of the page {} failed", error, path, failure);
        }
        try {
            onFailure.failed(page, error, failure);
        } catch (RuntimeException again) {
            if (told) {
                LOGGER.warn("error {}: what was to be told of it failed too", error, again);
            }
        }
        return error;
    }

    FailureLog failures() {
        return failures;
    }

    Places places() {
        return places;
    }

    void ignored() {
        counts.ignored.increment();
    }

    /** Events so far for what was not there, or could not be operated. */
    long ignoredEvents() {
        return counts.ignored.sum();
    }

    PageCounts counts() {
        return counts;
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    PageLimits limits() {
        return limits;
    }

    Clock clock() {
        return clock;
    }

    Scripts scripts() {
        return scripts;
    }

    Pictures pictures() {
        return pictures;
    }

    ScriptModules modules() {
        return modules;
    }

    App app() {
        return app;
    }

    Storages storages() {
        return storages;
    }

    Logins logins() {
        return logins;
    }

    Downloads downloads() {
        return downloads;
    }

    @Override
    public void close() {
        all().forEach(page -> page.end(PageEnd.SHUTDOWN));
        looking.close();
        clock.close();
        failures.tell();
        storages.close();
    }
}
