package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** JavaScript that runs, or will, in the browser. Nobody has to wait for it. */
public final class JsCall {
    private final LivePage page;
    private final CompletableFuture<JsonNode> answer;

    JsCall(LivePage page, CompletableFuture<JsonNode> answer) {
        this.page = page;
        this.answer = answer;
    }

    /**
     * Waits until it has run; the turn is given up meanwhile.
     *
     * @throws JsException with what it threw
     * @throws PageClosedException when the page ends
     */
    public void await() {
        answered();
    }

    /**
     * Waits for its result; the turn is given up meanwhile.
     *
     * @param type what its JSON is read as, by Jackson
     * @throws JsException with what it threw, or when the result is no such thing
     * @throws PageClosedException when the page ends
     */
    public <T> T get(Class<T> type) {
        JsonNode value = answered();
        try {
            T result = FrameEncoder.JSON.treeToValue(value, type);
            if (result == null) {
                throw new JsException("the function returned nothing, expected " + type.getSimpleName());
            }
            return result;
        } catch (JsonProcessingException other) {
            throw new JsException("the function did not return a " + type.getSimpleName() + ", but " + value);
        }
    }

    private JsonNode answered() {
        JsonNode data = page.await(answer);
        if (data.hasNonNull("error")) {
            throw new JsException(data.path("error").asText());
        }
        return data.path("value");
    }
}
