package dev.plainweave.websocket;

import java.util.Objects;

/**
 * The peer broke the protocol, or a limit: the connection must be failed with a Close frame of this code and reason (RFC
 * 6455, section 7.1.7). Checked, so that nobody forgets to send it; without a stack trace, because the fault is the
 * peer's.
 */
final class ProtocolException extends Exception {
    /** The frames are not what RFC 6455 allows. */
    static final int PROTOCOL_ERROR = 1002;

    /** Data of a kind that the application does not accept. */
    static final int UNACCEPTABLE = 1003;

    /** Text that is not UTF-8, or data that cannot be inflated. */
    static final int INVALID_DATA = 1007;

    /** A message larger than the limit. */
    static final int TOO_LARGE = 1009;

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    ProtocolException(int code, String reason) {
        super(reason + " (" + code + ")", null, false, false);
        this.code = code;
        this.reason = Objects.requireNonNull(reason);
    }

    /** A violation of the framing rules: code 1002. */
    static ProtocolException violation(String reason) {
        return new ProtocolException(PROTOCOL_ERROR, reason);
    }

    /** Payload that is not what it claims to be: code 1007. */
    static ProtocolException invalid(String reason) {
        return new ProtocolException(INVALID_DATA, reason);
    }

    /** A message beyond the limit: code 1009. */
    static ProtocolException tooLarge(long maxMessageBytes) {
        return new ProtocolException(TOO_LARGE, "message is larger than " + maxMessageBytes + " bytes");
    }

    /** The close code to answer with: 1002, 1003, 1007 or 1009. */
    int code() {
        return code;
    }

    /** The reason to answer with: short enough for a Close frame, and fit for the peer's eyes. */
    String reason() {
        return reason;
    }
}
