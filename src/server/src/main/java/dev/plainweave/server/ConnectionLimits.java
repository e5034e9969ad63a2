package dev.plainweave.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.util.IO;

/**
 * Counts connections as they come and go, and closes those that are too many, at once: a client that is refused can try
 * elsewhere, one that is left in the kernel's queue cannot know. Where there is no TLS it is told why first; that can be
 * lost, since nothing waits for the client to read it.
 */
final class ConnectionLimits implements AcceptListener {
    private final Limits limits;
    private final Clients clients;
    private final Refusals refusals;
    private final boolean secure;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    /** Where the counted connections come from: a closed channel does not know it any more. */
    private final Map<SelectableChannel, InetAddress> counted = new ConcurrentHashMap<>();

    private final AddressRate handshakes;

    ConnectionLimits(Limits limits, Clients clients, Refusals refusals, boolean secure) {
        this.limits = limits;
        this.clients = clients;
        this.refusals = refusals;
        this.secure = secure;
        handshakes = new AddressRate(secure ? limits.handshakeRate() : 0, System::nanoTime);
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        Optional<InetAddress> address = address(channel);
        int total = open.incrementAndGet();
        int ofAddress = address.map(from -> enter(channel, from)).orElse(0);
        if (total > limits.connections()) {
            refuse(channel, Limit.CONNECTIONS, "503 Service Unavailable", "the server has all the connections it can");
        } else if (limits.connectionsPerAddress() > 0 && ofAddress > limits.connectionsPerAddress()) {
            refuse(channel, Limit.CONNECTIONS_PER_ADDRESS, "429 Too Many Requests", "too many connections from here");
        } else if (address.isPresent() && !handshakes.allows(address.get())) {
            refuse(channel, Limit.HANDSHAKE_RATE, "429 Too Many Requests", "too many handshakes from here");
        }
    }

    private void refuse(SelectableChannel channel, Limit limit, String status, String reason) {
        refusals.count(limit);
        if (!secure && channel instanceof SocketChannel socket) {
            byte[] answer = ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: "
                            + (reason.length() + 1) + "\r\nRetry-After: 1\r\nConnection: close\r\n\r\n" + reason + "\n")
                    .getBytes(StandardCharsets.US_ASCII);
            try {
                socket.write(ByteBuffer.wrap(answer)); // fits the empty buffer of a new socket
                socket.shutdownOutput();
            } catch (IOException gone) {
                // It left before it could be told.
            }
        }
        IO.close(channel);
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        leave(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        leave(channel);
    }

    private int enter(SelectableChannel channel, InetAddress from) {
        counted.put(channel, from);
        return byAddress.merge(from, 1, Integer::sum);
    }

    private void leave(SelectableChannel channel) {
        open.decrementAndGet();
        InetAddress from = counted.remove(channel);
        if (from != null) {
            byAddress.computeIfPresent(from, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What the peer counts as. Not by way of {@code channel.socket()}, which every connection would keep for its life. */
    private Optional<InetAddress> address(SelectableChannel channel) {
        try {
            return channel instanceof SocketChannel socket
                    ? clients.counted(socket.getRemoteAddress())
                    : Optional.empty();
        } catch (IOException closed) {
            return Optional.empty(); // what follows meets it too
        }
    }
}
