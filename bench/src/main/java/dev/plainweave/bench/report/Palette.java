package dev.plainweave.bench.report;

import java.util.List;

/** Each variant's colour and dash, the same in the whole report; the dash is for those who cannot tell the colours. */
final class Palette {
    private static final List<String> DASHES = List.of("", "7 3", "2 3", "1 4", "10 3 2 3", "5 5", "12 4", "3 2 1 2");
    private static final int COLOURS = 8;

    private final List<String> variants;

    Palette(List<String> variants) {
        this.variants = variants;
    }

    String colour(String variant) {
        return "var(--v" + Math.floorMod(variants.indexOf(variant), COLOURS) + ")";
    }

    /** Attributes of a line. */
    String stroke(String variant) {
        String dash = DASHES.get(Math.floorMod(variants.indexOf(variant), DASHES.size()));
        return "style=\"stroke:%s\" stroke-dasharray=\"%s\"".formatted(colour(variant), dash);
    }

    /** Which line is whose. */
    String legend(List<String> shown) {
        StringBuilder legend = new StringBuilder("<div class=legend>");
        for (String variant : shown) {
            legend.append(
                    "<span><svg viewBox=\"0 0 32 10\"><line class=line x1=0 x2=32 y1=5 y2=5 %s></line></svg>%s</span>"
                            .formatted(stroke(variant), Html.escape(variant)));
        }
        return legend.append("</div>\n").toString();
    }
}
