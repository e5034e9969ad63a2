package dev.plainweave.ui;

import java.util.IllformedLocaleException;
import java.util.Locale;

/** Tags of languages, as BCP 47 has them. */
final class Languages {
    private Languages() {}

    /** The tag as it is usually written. */
    static String checked(String tag) {
        String known;
        try {
            known = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException other) {
            throw new IllegalArgumentException(wrong(tag), other);
        }
        if (known.equals("und")) {
            throw new IllegalArgumentException(wrong(tag));
        }
        return known;
    }

    private static String wrong(String tag) {
        return "'" + tag + "' is no language: expected a tag of BCP 47, such as en, de or pt-BR";
    }
}
