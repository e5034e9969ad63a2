package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what goes to the browser: PROTOCOL.md has every message. */
final class FrameEncoder {
    /** Its buffers are in a pool: by default each thread keeps some, and here nearly every message has a thread of its own. */
    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .build();

    private FrameEncoder() {}

    /** Writes one message. */
    interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    static String message(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** The nodes, with all they have or with what changed. */
    static void state(JsonGenerator out, List<Node> nodes, boolean whole) throws IOException {
        if (nodes.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("state");
        for (Node node : nodes) {
            out.writeStartArray();
            out.writeNumber(node.id);
            node(out, node, whole || (node.dirty & Node.WHOLE) != 0);
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    private static void node(JsonGenerator out, Node node, boolean whole) throws IOException {
        out.writeStartObject();
        if (whole) {
            out.writeStringField("#", node.tag);
        }
        node.forEach(whole, (name, value) -> {
            try {
                property(out, node, name, value);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
        if (whole || (node.dirty & Node.CHILDREN) != 0) {
            children(out, node, whole || node.tellsAll());
        }
        out.writeEndObject();
    }

    private static void property(JsonGenerator out, Node node, String name, @Nullable Object value) throws IOException {
        out.writeFieldName(name);
        if (name.equals(Node.VALUE) || name.equals(Node.CHECKED)) {
            out.writeStartArray();
            out.writePOJO(value);
            out.writeNumber(node.edits);
            out.writeEndArray();
        } else {
            out.writePOJO(value instanceof Node other ? other.domId() : node.outside(name, value));
        }
    }

    private static void children(JsonGenerator out, Node node, boolean all) throws IOException {
        if (all) {
            boolean others = node.get(Node.MODULE) != null || node.tag.equals("textarea");
            if (node.children().isEmpty() && (node.get(Node.TEXT) != null || others)) {
                return; // it never had any, or those it has are not ours
            }
            out.writeArrayFieldStart("*");
            for (Node child : node.children()) {
                out.writeNumber(child.id);
            }
            out.writeEndArray();
            return;
        }
        Node.Splice splice = node.splice();
        out.writeArrayFieldStart("+");
        out.writeNumber(splice.at());
        out.writeNumber(splice.removed());
        for (Node child : splice.added()) {
            out.writeNumber(child.id);
        }
        out.writeEndArray();
    }

    /** The commands, each with its number, its name and its arguments. */
    static void commands(JsonGenerator out, List<Command> commands) throws IOException {
        if (commands.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("commands");
        for (Command command : commands) {
            out.writeStartArray();
            out.writeNumber(command.number);
            out.writeString(command.name);
            for (Object argument : command.arguments) {
                out.writePOJO(argument);
            }
            out.writeEndArray();
        }
        out.writeEndArray();
    }
}
