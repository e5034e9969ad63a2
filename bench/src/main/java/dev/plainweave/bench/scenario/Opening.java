package dev.plainweave.bench.scenario;

import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.EchoExchange;
import dev.plainweave.bench.load.Handshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Opens the connections of a load. */
public final class Opening {
    private Opening() {}

    /** Upgraded connections for a selector; all closed again if one fails. */
    public static List<Client> upgraded(int count, InetSocketAddress server, Handshake handshake) throws IOException {
        return open(count, n -> {
            Client client = Client.connectChannel(server);
            try {
                client.upgrade(handshake, n);
                return client;
            } catch (IOException | RuntimeException refused) {
                client.close();
                throw refused;
            }
        });
    }

    /** Plain connections for a selector. */
    static List<Client> connected(int count, InetSocketAddress server) throws IOException {
        return open(count, n -> Client.connectChannel(server));
    }

    /** Text echoes of that many bytes, one exchange a connection. */
    public static List<EchoExchange> echoes(int count, int payload) {
        List<EchoExchange> exchanges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            exchanges.add(new EchoExchange(i, payload));
        }
        return exchanges;
    }

    static void closeAll(List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.close();
        }
    }

    private interface Opener {
        Client open(int n) throws IOException;
    }

    private static List<Client> open(int count, Opener opener) throws IOException {
        List<Client> clients = new ArrayList<>(count);
        boolean complete = false;
        try {
            for (int n = 0; n < count; n++) {
                clients.add(opener.open(n));
            }
            complete = true;
            return clients;
        } finally {
            if (!complete) {
                closeAll(clients);
            }
        }
    }
}
