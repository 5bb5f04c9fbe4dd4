package org.edgeld.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;

/**
 * Turns messages into bytes and back: Kryo with the numbers of {@link WireTypes}, no references, no
 * class names, no nulls, bounded input. A Kryo is not thread-safe, so every thread has its own.
 */
public final class MessageRegistry {
  /**
   * Longest message of the control plane and longest discovery datagram; larger things are blobs.
   */
  public static final int MAX_MESSAGE_BYTES = 64 * 1024;

  // deeper than any declared nesting: deployment, set, graph, layer, operator, window
  private static final int MAX_DEPTH = 32;
  private static final int FIRST_BUFFER_BYTES = 4096;
  private static final int MOST_VERSIONS = 9999;

  private static final Map<Class<?>, Serializer<Object>> SERIALIZERS = serializers();
  private static final ThreadLocal<Kryo> KRYO = ThreadLocal.withInitial(MessageRegistry::newKryo);

  private MessageRegistry() {}

  /**
   * Encodes a message: the number of its class, then its components.
   *
   * @throws WireFormatException if the message is longer than {@code maxBytes} or of no pinned
   *     class
   */
  public static byte[] encode(Object message, int maxBytes) throws WireFormatException {
    try (Output output = new Output(Math.min(FIRST_BUFFER_BYTES, maxBytes), maxBytes)) {
      Kryo kryo = KRYO.get();
      Registration registration = kryo.writeClass(output, message.getClass());
      kryo.writeObject(output, message, registration.getSerializer());
      return output.toBytes();
    } catch (RuntimeException e) {
      throw new WireFormatException(
          "A %s cannot be sent: %s. Maybe it is longer than %d bytes."
              .formatted(message.getClass().getSimpleName(), e.getMessage(), maxBytes),
          e);
    }
  }

  /**
   * Decodes the remaining bytes, which must be exactly one message of the vocabulary. The buffer's
   * position moves to its limit.
   *
   * @throws WireFormatException if they are anything else
   */
  public static Object decode(ByteBuffer bytes, Vocabulary vocabulary) throws WireFormatException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    BoundedInput input = new BoundedInput(copy);
    try {
      Kryo kryo = KRYO.get();
      Registration registration = kryo.readClass(input);
      if (registration == null || !vocabulary.admits(registration.getType())) {
        throw new KryoException("This kind of message is not allowed here.");
      }
      Class<?> type = registration.getType();
      Object message = kryo.readObject(input, type, registration.getSerializer());
      if (input.position() != input.limit()) {
        throw new KryoException(input.limit() - input.position() + " bytes too many.");
      }
      return message;
    } catch (RuntimeException | StackOverflowError e) {
      throw new WireFormatException(
          "The bytes received are no valid message: " + e.getMessage(), e);
    } finally {
      input.close();
    }
  }

  /**
   * Decodes the beginning of what an agent of another protocol version says of itself, which is the
   * same in all versions: who it is, its version and where it listens. The rest is not known.
   *
   * @throws WireFormatException if the bytes are anything else, or of this version
   */
  public static AgentInfo decodeOtherVersion(ByteBuffer bytes) throws WireFormatException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    BoundedInput input = new BoundedInput(copy);
    try {
      Registration registration = KRYO.get().readClass(input);
      if (registration == null || registration.getType() != AgentInfo.class) {
        throw new KryoException("This is no agent.");
      }
      String id = input.readText();
      String name = input.readText();
      String version = input.readText();
      int protocol = input.readVarInt(false);
      int controlPort = input.readVarInt(false);
      int dataPort = input.readVarInt(false);
      if (id.isBlank()
          || name.isBlank()
          || protocol < 1
          || protocol > MOST_VERSIONS
          || protocol == ProtocolVersion.CURRENT
          || !isPort(controlPort)
          || !isPort(dataPort)) {
        throw new KryoException("This is no agent of another version.");
      }
      return new AgentInfo(
          id,
          name,
          version,
          protocol,
          controlPort,
          dataPort,
          AgentInfo.UNKNOWN,
          AgentInfo.UNKNOWN,
          0,
          0,
          0,
          AgentInfo.UNKNOWN,
          Emulation.NONE,
          false);
    } catch (RuntimeException e) {
      throw new WireFormatException("The bytes received are no agent: " + e.getMessage(), e);
    } finally {
      input.close();
    }
  }

  private static boolean isPort(int number) {
    return number > 0 && number < 1 << 16;
  }

  private static Map<Class<?>, Serializer<Object>> serializers() {
    Map<Class<?>, Serializer<Object>> serializers = new LinkedHashMap<>();
    for (Class<?> type : WireTypes.ids().keySet()) {
      serializers.put(
          type, type.isRecord() ? new RecordSerializer(type) : new FrameworkSerializer());
    }
    return serializers;
  }

  private static Kryo newKryo() {
    Kryo kryo = new Kryo(new NumbersOnly(), null);
    kryo.setReferences(false);
    kryo.setRegistrationRequired(true);
    kryo.setMaxDepth(MAX_DEPTH);
    WireTypes.ids().forEach((type, id) -> kryo.register(type, SERIALIZERS.get(type), id));
    return kryo;
  }

  /** Kryo's class resolver without its search for class names that a peer sends. */
  private static final class NumbersOnly extends DefaultClassResolver {
    @Override
    protected Registration readName(Input input) {
      throw new KryoException("A class is given by name.");
    }
  }
}
