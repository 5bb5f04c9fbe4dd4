package org.edgeld.transport;

import com.esotericsoftware.kryonet.FrameworkMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.wire.MessageRegistry;
import org.edgeld.wire.Vocabulary;
import org.edgeld.wire.WireFormatException;

/** The two datagrams of discovery: KryoNet's question and our answer. */
final class DiscoveryDatagrams {
  /** Longest datagram that is surely not fragmented on Ethernet. */
  static final int MAX_BYTES = 1400;

  private DiscoveryDatagrams() {}

  static byte[] question() throws WireFormatException {
    return MessageRegistry.encode(new FrameworkMessage.DiscoverHost(), MAX_BYTES);
  }

  static boolean isQuestion(ByteBuffer datagram) {
    try {
      return MessageRegistry.decode(datagram, Vocabulary.DISCOVERY)
          instanceof FrameworkMessage.DiscoverHost;
    } catch (WireFormatException e) {
      return false;
    }
  }

  static byte[] answer(AgentInfo info) throws IOException {
    return MessageRegistry.encode(info, MAX_BYTES);
  }

  /**
   * Returns what an agent says of itself, or nothing if the datagram is something else. Of an agent
   * of another protocol version only its name, version and ports are known.
   */
  static Optional<AgentInfo> readAnswer(ByteBuffer datagram) {
    try {
      return MessageRegistry.decode(datagram.duplicate(), Vocabulary.DISCOVERY)
              instanceof AgentInfo info
          ? Optional.of(info)
          : Optional.empty();
    } catch (WireFormatException e) {
      return readOtherVersion(datagram);
    }
  }

  private static Optional<AgentInfo> readOtherVersion(ByteBuffer datagram) {
    try {
      return Optional.of(MessageRegistry.decodeOtherVersion(datagram));
    } catch (WireFormatException e) {
      return Optional.empty();
    }
  }
}
