package dev.plainweave.gallery.board;

import dev.plainweave.gallery.site.Parts;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import dev.plainweave.ui.Label;
import dev.plainweave.ui.Progress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names, bars and numbers, the bars to one scale. */
final class Bars {
    private record Bar(Block line, Progress bar, Label number) {}

    private final Block list;
    private final Map<String, Bar> bars = new LinkedHashMap<>();

    Bars(Container in) {
        list = in.block("ul").classes("bars");
    }

    /** Shows that number under that name, in a colour where it is not zero. */
    void show(String name, String kind, long number, long most) {
        Bar bar = bars.computeIfAbsent(name, key -> {
            Block line = list.block("li");
            line.block("code").text(key);
            return new Bar(line, line.progress().attribute("aria-label", key), line.label(""));
        });
        bar.line().removeClasses("zero").classes(number == 0 ? "zero" : kind);
        bar.bar().max((double) Math.max(1, most)).value((double) number);
        bar.number().text(Parts.number(number));
    }
}
