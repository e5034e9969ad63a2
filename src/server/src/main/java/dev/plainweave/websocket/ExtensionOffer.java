package dev.plainweave.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element of {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1).
 *
 * @param name the extension's token
 * @param parameters in their order, duplicates included
 */
record ExtensionOffer(String name, List<Parameter> parameters) {

    /**
     * One parameter.
     *
     * @param name its token
     * @param value its value without quotes, or empty where it has none
     */
    record Parameter(String name, Optional<String> value) {}

    /**
     * Reads the header.
     *
     * @param values the header's values, one for each time it occurs
     * @return the offers in the client's order of preference; none when the header breaks the grammar anywhere
     */
    static List<ExtensionOffer> parse(List<String> values) {
        try {
            return new Parser(String.join(",", values)).list();
        } catch (MalformedException e) {
            return List.of();
        }
    }

    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException() {
            super("malformed Sec-WebSocket-Extensions", null, false, false);
        }
    }

    /** Recursive descent over the grammar of RFC 6455, section 9.1, with RFC 9110's lists and white space. */
    private static final class Parser {
        private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

        private final String text;
        private int next;

        Parser(String text) {
            this.text = text;
        }

        List<ExtensionOffer> list() throws MalformedException {
            List<ExtensionOffer> offers = new ArrayList<>();
            do {
                skipSpace();
                // RFC 9110, section 5.6.1.2: a recipient accepts empty list elements.
                if (next < text.length() && text.charAt(next) != ',') {
                    offers.add(extension());
                }
            } while (taken(','));
            if (next < text.length()) {
                throw new MalformedException();
            }
            return offers;
        }

        private ExtensionOffer extension() throws MalformedException {
            String name = token();
            List<Parameter> parameters = new ArrayList<>();
            while (taken(';')) {
                skipSpace();
                String parameter = token();
                parameters.add(new Parameter(parameter, taken('=') ? Optional.of(value()) : Optional.empty()));
            }
            return new ExtensionOffer(name, parameters);
        }

        private String value() throws MalformedException {
            skipSpace();
            if (next == text.length() || text.charAt(next) != '"') {
                return token();
            }
            next++;
            StringBuilder value = new StringBuilder();
            while (next < text.length() && text.charAt(next) != '"') {
                // Section 9.1: unescaped, a quoted value must be a token too.
                if (text.charAt(next) == '\\') {
                    next++;
                }
                if (next == text.length() || !isTokenMark(text.charAt(next))) {
                    throw new MalformedException();
                }
                value.append(text.charAt(next++));
            }
            if (next == text.length() || value.isEmpty()) {
                throw new MalformedException();
            }
            next++;
            return value.toString();
        }

        private String token() throws MalformedException {
            int start = next;
            while (next < text.length() && isTokenMark(text.charAt(next))) {
                next++;
            }
            if (next == start) {
                throw new MalformedException();
            }
            return text.substring(start, next);
        }

        private boolean taken(char separator) {
            skipSpace();
            if (next < text.length() && text.charAt(next) == separator) {
                next++;
                return true;
            }
            return false;
        }

        private void skipSpace() {
            while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
                next++;
            }
        }

        private static boolean isTokenMark(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || TOKEN_MARKS.indexOf(c) >= 0;
        }
    }
}
