package org.edgeld.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.edgeld.model.Sha256;
import org.junit.jupiter.api.Test;

class BlobCodecTest {
  @Test
  void deploymentsComeBackAsTheyWere() throws Exception {
    ByteBuffer blob = BlobCodec.encode(Samples.deployment());

    assertThat(BlobCodec.decodeDeployment(blob)).isEqualTo(Samples.deployment());
    assertThat(blob.position()).isZero();
  }

  @Test
  void graphsComeBackAsTheyWere() throws Exception {
    assertThat(BlobCodec.decodeGraph(BlobCodec.encode(Samples.graph()))).isEqualTo(Samples.graph());
  }

  @Test
  void equalValuesHaveEqualDigests() throws Exception {
    assertThat(Sha256.of(BlobCodec.encode(Samples.deployment())))
        .isEqualTo(Sha256.of(BlobCodec.encode(Samples.deployment())));
  }

  @Test
  void anotherKindOfBlobIsRefused() throws Exception {
    ByteBuffer graph = BlobCodec.encode(Samples.graph());
    assertThatThrownBy(() -> BlobCodec.decodeDeployment(graph))
        .isInstanceOf(IOException.class)
        .hasMessage("The blob is a ModelGraph, not a Deployment.");
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    ByteBuffer graph = BlobCodec.encode(Samples.graph());
    graph.put(4, (byte) (ProtocolVersion.CURRENT + 1));
    assertThatThrownBy(() -> BlobCodec.decodeGraph(graph))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("protocol version");
  }
}
