package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;

/** What becomes of a message, as PROTOCOL.md says, by what one of its fields is. */
interface Rule {
    /** What becomes of a message. */
    enum Fate {
        /** The page goes on with it. */
        TAKEN,
        /** It is for what is not there, cannot be operated, or wants something else: counted, and the page goes on. */
        IGNORED,
        /** One of these two: what the data mean is up to the listener. */
        EITHER,
        /** It is no message: closed with 1002, and counted. */
        BROKEN,
        /** A greeting for which there is no page: told so, closed with 1000, and counted. */
        GONE
    }

    /** What becomes of it; a field that is not there is a missing node. */
    Fate of(JsonNode value);

    long MOST = (1L << 53) - 1;
    int LONGEST_NAME = 64;

    Rule NEVER = value -> Fate.BROKEN;
    Rule TEXT = value -> value.isTextual() ? Fate.TAKEN : Fate.BROKEN;
    Rule TRUE = value -> value.isBoolean() && value.booleanValue() ? Fate.TAKEN : Fate.BROKEN;
    Rule BOX = value -> value.isBoolean() ? Fate.TAKEN : Fate.BROKEN;
    Rule SCALAR = value -> value.isContainerNode() ? Fate.BROKEN : Fate.TAKEN;
    Rule NO_FIELDS = value -> value.isMissingNode() || (value.isObject() && value.isEmpty()) ? Fate.TAKEN : Fate.BROKEN;

    static boolean isWhole(JsonNode value, long least, long most) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.asLong() >= least
                && value.asLong() <= most;
    }

    static Rule whole(long least, long most) {
        return value -> isWhole(value, least, most) ? Fate.TAKEN : Fate.BROKEN;
    }

    static Rule name(Fate right) {
        return value -> value.isTextual() && value.textValue().length() <= LONGEST_NAME ? right : Fate.BROKEN;
    }

    static Rule optional(Rule rule) {
        return value -> value.isMissingNode() ? Fate.TAKEN : rule.of(value);
    }

    static Rule scalar(Fate right, Fate container) {
        return value -> value.isContainerNode() ? container : right;
    }
}
