package dev.plainweave.gallery.site;

import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java as text, with a little colour: made here, of spans with classes. */
public final class Code {
    private static final String COMMENT = "//[^\\n]*+|/\\*(?s:.*?)\\*/";
    private static final String STRING =
            "\"\"\"(?s:.*?)\"\"\"|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'";
    private static final Pattern TOKEN =
            Pattern.compile("(?<comment>" + COMMENT + ")|(?<string>" + STRING + ")|(?<word>@?[A-Za-z_]\\w*+)");
    private static final Set<String> KEYWORDS =
            Set.of(("abstract boolean break case catch class continue default do double else enum extends false final"
                + " finally float for if implements import instanceof int interface long new null package permits"
                + " private protected public record return sealed static super switch this throw throws true try var"
                + " void while yield const export function let")
                    .split(" "));

    private Code() {}

    /** Shows Java. */
    public static Block java(Container in, String source) {
        Block pre = in.block("pre").classes("source").attribute("tabindex", "0");
        Block code = pre.block("code");
        Matcher token = TOKEN.matcher(source);
        int plain = 0;
        while (token.find()) {
            String colour = colour(token);
            if (!colour.isEmpty()) {
                text(code, source.substring(plain, token.start()));
                code.block("span").classes(colour).text(token.group());
                plain = token.end();
            }
        }
        text(code, source.substring(plain));
        return pre;
    }

    private static void text(Block code, String text) {
        if (!text.isEmpty()) {
            code.block("span").text(text);
        }
    }

    private static String colour(Matcher token) {
        if (token.group("comment") != null) {
            return "c";
        }
        if (token.group("string") != null) {
            return "q";
        }
        String word = token.group("word");
        if (KEYWORDS.contains(word)) {
            return "k";
        }
        return word.startsWith("@") || isType(word) ? "t" : "";
    }

    /** By its looks: {@code Page}, and neither {@code PACE} nor {@code T}. */
    private static boolean isType(String word) {
        return Character.isUpperCase(word.charAt(0)) && word.chars().anyMatch(Character::isLowerCase);
    }
}
