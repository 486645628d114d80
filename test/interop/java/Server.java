import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import eu.chargetime.ocpp.JSONCommunicator;
import eu.chargetime.ocpp.MultiProtocolJSONServer;
import eu.chargetime.ocpp.ProtocolVersion;
import eu.chargetime.ocpp.ServerEvents;
import eu.chargetime.ocpp.feature.function.Function;
import eu.chargetime.ocpp.model.Confirmation;
import eu.chargetime.ocpp.model.Request;
import eu.chargetime.ocpp.model.SessionInformation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An OCPP management system on Java-OCA-OCPP, to try stations against; the twin of
 * python/central_system.py.
 *
 * <p>usage: Server ocpp2.0.1|ocpp2.1
 *
 * <p>Prints one JSON object a line: first {"port": n}, then each request as {"action", "payload"}. Sends
 * what it reads from standard input, one {"order": n, "call": action, "payload": {...}} a line, to the
 * station that connected last, and prints {"order": n, "answer": {...}}, or "error" in its place.
 */
public class Server {
  /** The library's blocks of a management system, with the interface that answers where there is one. */
  private static final String[] BLOCKS = {
    "Authorization", "Availability", "DataTransfer", "Diagnostics", "DisplayMessage",
    "FirmwareManagement", "ISO15118CertificateManagement", "LocalAuthorizationListManagement",
    "MeterValues", "Provisioning", "RemoteControl", "Reservation", "Security", "SmartCharging",
    "TariffAndCost", "Transactions",
  };

  /** Those that 2.1 adds. */
  private static final String[] BLOCKS21 = {
    "BatterySwapping", "BidirectionalPowerTransfer", "DERControl",
  };

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Gson gson = new Gson();
  /** Packs and unpacks payloads as the library does on the wire. */
  private final JSONCommunicator payloads = new JSONCommunicator(null);
  private final String library;
  private final MultiProtocolJSONServer server;
  private volatile UUID station;

  private Server(String protocol) throws ReflectiveOperationException {
    library = "eu.chargetime.ocpp." + (protocol.equals("ocpp2.1") ? "v21" : "v201");
    ProtocolVersion version = ProtocolVersion.fromSubProtocolName(protocol);
    server = new MultiProtocolJSONServer(List.of(version));
    for (String block : BLOCKS) server.addFunction(version, function(block));
    if (version != ProtocolVersion.OCPP2_0_1) {
      for (String block : BLOCKS21) server.addFunction(version, function(block));
    }
  }

  private Function function(String block) throws ReflectiveOperationException {
    Class<?> type = Class.forName(library + ".feature.function.Server" + block + "Function");
    Constructor<?> constructor = type.getConstructors()[0];
    // Of some blocks a station sends nothing.
    if (constructor.getParameterCount() == 0) return (Function) constructor.newInstance();
    Class<?> events = constructor.getParameterTypes()[0];
    InvocationHandler handler = (proxy, method, arguments) -> {
      Request request = (Request) arguments[1];
      String action = request.getClass().getSimpleName().replaceAll("Request$", "");
      JsonElement payload = JsonParser.parseString((String) payloads.packPayload(request));
      tell(Map.of("action", action, "payload", payload));
      // What came as a SEND is not answered.
      if (method.getReturnType() == void.class) return null;
      return payloads.unpackPayload(answer(action, payload.getAsJsonObject()), method.getReturnType());
    };
    Object answering = Proxy.newProxyInstance(events.getClassLoader(), new Class<?>[] {events}, handler);
    return (Function) constructor.newInstance(answering);
  }

  private static String answer(String action, JsonObject payload) {
    String accepted = "{\"idTokenInfo\": {\"status\": \"Accepted\"}}";
    switch (action) {
      case "Authorize":
        return accepted;
      case "BootNotification":
        return String.format(
            "{\"currentTime\": \"%s\", \"interval\": 300, \"status\": \"Accepted\"}", Instant.now());
      case "Heartbeat":
        return String.format("{\"currentTime\": \"%s\"}", Instant.now());
      case "OpenPeriodicEventStream":
        return "{\"status\": \"Accepted\"}";
      case "TransactionEvent":
        return payload.has("idToken") ? accepted : "{}";
      default:
        return "{}";
    }
  }

  private synchronized void tell(Map<String, ?> what) {
    out.println(gson.toJson(what));
  }

  private void open() throws Exception {
    int port;
    // The library opens no port of the system's choice.
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server.open("127.0.0.1", port, new ServerEvents() {
      @Override
      public void authenticateSession(SessionInformation information, String user, byte[] password) {}

      @Override
      public void newSession(UUID session, SessionInformation information) {
        station = session;
      }

      @Override
      public void lostSession(UUID session) {}
    });
    tell(Map.of("port", port));
  }

  private void carryOut(JsonObject order) {
    int number = order.get("order").getAsInt();
    try {
      Class<?> type = Class.forName(
          library + ".model.messages." + order.get("call").getAsString() + "Request");
      Request request = (Request) payloads.unpackPayload(order.get("payload"), type);
      server.send(station, request).whenComplete((answer, error) -> {
        if (error != null) tell(Map.of("order", number, "error", error.toString()));
        else tell(Map.of("order", number, "answer", json(answer)));
      });
    } catch (Exception error) {
      tell(Map.of("order", number, "error", error.toString()));
    }
  }

  private JsonElement json(Confirmation answer) {
    return JsonParser.parseString((String) payloads.packPayload(answer));
  }

  /** Ends when standard input does: that is how the test ends this process. */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server(arguments[0]);
    server.open();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      server.carryOut(JsonParser.parseString(line).getAsJsonObject());
    }
    System.exit(0);
  }
}
