package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.edgeld.program.DeviceId;
import org.edgeld.transport.DataHeader;

/** The ways from this device to its peers. */
public interface PeerLinks {
  /**
   * Hands a slice over and returns at once.
   *
   * @param to the receiver
   * @param header what the payload is
   * @param payload untouched until {@code written} or {@code failed} is called, on any thread
   * @param written told the monotonic time when the last byte was handed to the network
   * @param failed told why the slice did not leave
   */
  void send(
      DeviceId to,
      DataHeader.TensorData header,
      ByteBuffer payload,
      LongConsumer written,
      Consumer<IOException> failed);
}
