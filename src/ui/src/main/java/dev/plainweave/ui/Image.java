package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A picture. */
public final class Image extends Element<Image> {
    private @Nullable Registration held;

    Image(String source, String description) {
        super("img");
        node.put("src", Urls.checked(source));
        node.put("alt", description);
        node.put("class", "img-fluid");
    }

    /** Shows another picture: an address on this server, since the page's policy allows no other. */
    public Image source(String source) {
        set(node, "src", Urls.checked(source));
        return this;
    }

    /**
     * Shows a picture that is no file of the site: at an address of its own, for this page's visitor, as long as it is shown.
     *
     * @param mediaType {@code image/png}
     */
    public Image source(byte[] content, String mediaType) {
        return own(live().pages.pictures().publish(live(), content, mediaType));
    }

    /** Shows a picture from a file, as it is when the browser first asks; otherwise as {@link #source(byte[], String)}. */
    public Image source(Path file, String mediaType) {
        return own(live().pages.pictures().publish(live(), file, mediaType));
    }

    private Image own(String token) {
        change(() -> {
            if (held != null) {
                held.close();
            }
            held = Bindings.hold(live(), node, live().pages.pictures().held(token));
            set(node, "src", Pictures.PATH + token);
        });
        return this;
    }

    /** What it shows, for those who do not see it; empty for a mere ornament. */
    public Image description(String text) {
        set(node, "alt", text);
        return this;
    }

    /** Is loaded when it is about to be seen. */
    public Image lazy() {
        set(node, "loading", "lazy");
        return this;
    }

    /** How large it is, in CSS pixels, so that nothing jumps when it comes; it is never wider than its place. */
    public Image size(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture's size is at least 1 by 1, was " + width + " by " + height);
        }
        set(node, "width", Integer.toString(width));
        set(node, "height", Integer.toString(height));
        return this;
    }

    /** Has round corners. */
    public Image rounded() {
        return classes("rounded");
    }
}
