package dev.plainweave.gallery.site;

import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import java.util.Locale;
import java.util.function.Consumer;

/** What pages are put together from. */
public final class Parts {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private Parts() {}

    /** What the page is, and in a sentence or two what one can do with it. */
    public static void title(Container in, String title, String lead) {
        in.block("div", head -> {
            head.classes("title").heading(title);
            head.block("p").classes("lead").text(lead);
        });
    }

    /** A box with a heading, and a few words on its right. */
    @SafeVarargs
    public static Block card(Container in, String title, Consumer<? super Block>... keys) {
        Block card = in.block("section").classes("panel");
        card.block("div", head -> {
            head.classes("head").heading(2, title);
            if (keys.length > 0) {
                Block key = head.block("p").classes("key");
                for (Consumer<? super Block> one : keys) {
                    one.accept(key);
                }
            }
        });
        return card;
    }

    /** A colour and what it stands for. */
    public static Consumer<Block> key(String colour, String text) {
        return in -> {
            in.block("span").classes("swatch " + colour);
            in.block("span").text(text);
        };
    }

    /** A row of figures. */
    public static Figures figures(Container in) {
        return new Figures(in.block("dl").classes("figures"));
    }

    /** Figures side by side. */
    public record Figures(Block block) {
        /** One more. */
        public Figure add(String name) {
            Block item = block.block("div");
            item.block("dt").text(name);
            Block value = item.block("dd");
            return new Figure(value, value.block("span").text("–"), value.block("small"));
        }
    }

    /** A figure, large, with what it is below. */
    public record Figure(Block block, Block number, Block unit) {
        /** Shows a number. */
        public void show(long value) {
            show(Parts.number(value), "");
        }

        /** Shows a number and its unit. */
        public void show(String value, String in) {
            number.text(value);
            unit.text(in);
        }

        /** Whether it is bad news. */
        public void alarm(boolean on) {
            if (on) {
                block.classes("alarm");
            } else {
                block.removeClasses("alarm");
            }
        }
    }

    /** {@code 12,345}. */
    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** How long that is, to a reader. */
    public static String duration(long millis) {
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < MINUTE) {
            return String.format(Locale.ROOT, millis < 10 * SECOND ? "%.1f s" : "%.0f s", millis / (double) SECOND);
        }
        return millis < HOUR
                ? Math.round(millis / (double) MINUTE) + " min"
                : String.format(Locale.ROOT, "%.1f h", millis / (double) HOUR);
    }
}
