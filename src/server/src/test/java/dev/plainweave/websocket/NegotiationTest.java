package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers of permessage-deflate (RFC 7692, sections 5 and 7.1). */
class NegotiationTest {
    private static final String AGREED = "permessage-deflate;server_no_context_takeover;client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=8",
                "permessage-deflate ;\tclient_max_window_bits = \"15\" ; server_no_context_takeover",
                "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_max_window_bits=\"1\\0\"",
                "x-webkit-deflate-frame, permessage-deflate",
                "foo; bar=\"baz\"; bar, , permessage-deflate,",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "permessage-deflate; new_parameter, permessage-deflate; client_max_window_bits"
            })
    void takesTheFirstAcceptableOffer(String offers) {
        assertEquals(Optional.of(AGREED), Compression.negotiate(List.of(offers)));
    }

    @Test
    void repeatsTheServersWindow() {
        assertEquals(
                Optional.of(AGREED + ";server_max_window_bits=15"),
                Compression.negotiate(List.of("permessage-deflate; server_max_window_bits=15")));
    }

    @Test
    void readsSeveralHeaders() {
        assertEquals(Optional.of(AGREED), Compression.negotiate(List.of("foo", "permessage-deflate")));
        assertEquals(Optional.empty(), Compression.negotiate(List.of()));
        assertEquals(Optional.empty(), Compression.negotiate(List.of("")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-webkit-deflate-frame",
                "permessage-deflat",
                "permessage-deflate; unknown",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=015",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits=x",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=\"true\""
            })
    void declines(String offers) {
        assertEquals(Optional.empty(), Compression.negotiate(List.of(offers)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate;",
                "permessage-deflate; =1",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_max_window_bits=\"10",
                "permessage-deflate; client_max_window_bits=\"\"",
                "permessage-deflate; client_max_window_bits=\"1 0\"",
                "permessage-deflate; client_max_window_bits=\"10\\",
                "permessage-deflate client_max_window_bits",
                "permessage-deflate, @",
                ";permessage-deflate"
            })
    void takesNothingFromAMalformedHeader(String offers) {
        assertEquals(Optional.empty(), Compression.negotiate(List.of(offers)));
        assertEquals(Optional.empty(), Compression.negotiate(List.of("permessage-deflate", offers)));
    }
}
