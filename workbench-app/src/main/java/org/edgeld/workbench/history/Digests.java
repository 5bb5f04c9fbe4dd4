package org.edgeld.workbench.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.edgeld.model.Sha256;
import org.edgeld.workbench.run.HostTensor;

/** Tells whether two things are the same without keeping them. */
final class Digests {
  private Digests() {}

  /** Returns the digest of a record that is made of records, lists and numbers. */
  static String of(Record data) {
    return Sha256.of(ByteBuffer.wrap(data.toString().getBytes(StandardCharsets.UTF_8))).hex();
  }

  /** Returns the digest of tensors, bit for bit. */
  static String of(List<HostTensor> tensors) {
    StringBuilder all = new StringBuilder();
    tensors.forEach(tensor -> all.append(tensor.shape()).append(Sha256.of(tensor.nhwc()).hex()));
    return Sha256.of(ByteBuffer.wrap(all.toString().getBytes(StandardCharsets.UTF_8))).hex();
  }
}
