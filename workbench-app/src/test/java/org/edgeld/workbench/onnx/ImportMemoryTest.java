package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.edgeld.model.Model;
import org.edgeld.workbench.job.JobMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VGG16 has 553 MB of weights; importing it takes far less heap than that. */
class ImportMemoryTest {
  private static final String HEAP = "-Xmx256m";
  private static final long PARAMETERS = 138_357_544;
  private static final int BLOCK = 1 << 16;

  @TempDir Path folder;

  @Test
  void vgg16IsImportedWithLittleHeap() throws Exception {
    Path file = folder.resolve("vgg16.onnx");
    write(file, vgg16());
    assertThat(Files.size(file)).isBetween(553_000_000L, 554_000_000L);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                Importing.class.getName(),
                file.toString(),
                folder.resolve("store").toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(said).isEqualTo("parameters " + PARAMETERS);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What runs in the small heap. */
  static final class Importing {
    private Importing() {}

    /** Imports a model twice; the second time its weights are in the store. */
    public static void main(String[] arguments) throws Exception {
      OnnxImporter importer = new OnnxImporter(Path.of(arguments[1]));
      Path file = Path.of(arguments[0]);
      Model model = importer.open(file, ImportOptions.NONE, JobMonitor.SILENT);
      Model again = importer.open(file, ImportOptions.NONE, JobMonitor.SILENT);
      if (!again.graph().equals(model.graph())) {
        throw new IllegalStateException("The second import gave another network.");
      }
      System.out.println("parameters " + model.graph().parameters());
    }
  }

  /** The network, whose tensors have names and extents but no elements. */
  private static ModelProto vgg16() {
    int[][] blocks = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
    GraphProto.Builder graph =
        GraphProto.newBuilder().setName("vgg16").addInput(Protos.value("input", 1, 3, 224, 224));
    String x = "input";
    int channels = 3;
    for (int[] block : blocks) {
      for (int out : block) {
        String name = "conv" + graph.getNodeCount();
        weights(graph, name, out, channels, 3, 3);
        graph.addNode(
            Protos.node(
                "Conv",
                List.of(x, name + ".weight", name + ".bias"),
                name,
                Protos.wholeList("pads", 1, 1, 1, 1)));
        graph.addNode(Protos.node("Relu", List.of(name), name + ".relu"));
        x = name + ".relu";
        channels = out;
      }
      String pool = "pool" + graph.getNodeCount();
      graph.addNode(
          Protos.node(
              "MaxPool",
              List.of(x),
              pool,
              Protos.wholeList("kernel_shape", 2, 2),
              Protos.wholeList("strides", 2, 2)));
      x = pool;
    }
    graph.addNode(Protos.node("Flatten", List.of(x), "flat"));
    x = "flat";
    int in = 512 * 7 * 7;
    for (int out : new int[] {4096, 4096, 1000}) {
      String name = "linear" + graph.getNodeCount();
      weights(graph, name, out, in);
      graph.addNode(
          Protos.node(
              "Gemm",
              List.of(x, name + ".weight", name + ".bias"),
              name,
              Protos.whole("transB", 1)));
      x = name;
      in = out;
    }
    graph.addOutput(Protos.value(x, 1, 1000));
    return new NetworkFile(13).model().toBuilder().setGraph(graph).build();
  }

  private static void weights(GraphProto.Builder graph, String name, long... dims) {
    graph.addInitializer(Protos.reals(name + ".weight", new float[0], dims));
    graph.addInitializer(Protos.reals(name + ".bias", new float[0], dims[0]));
  }

  /** Writes random elements as it goes, so that the file never is in memory either. */
  private static void write(Path file, ModelProto model) throws IOException {
    byte[] block = new byte[BLOCK];
    // bytes of floats without infinities: the exponent's highest bit is 0
    new Random(3).nextBytes(block);
    for (int i = 3; i < BLOCK; i += 4) {
      block[i] &= (byte) 0xBF;
    }
    List<TensorProto> tensors = model.getGraph().getInitializerList();
    byte[] rest = model.getGraph().toBuilder().clearInitializer().build().toByteArray();
    List<byte[]> heads = new ArrayList<>();
    long graphBytes = rest.length;
    for (TensorProto tensor : tensors) {
      byte[] head = tensor.toBuilder().clearRawData().build().toByteArray();
      heads.add(head);
      graphBytes += lengthPrefixed(GraphProto.INITIALIZER_FIELD_NUMBER, tensorBytes(head, tensor));
    }
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      CodedOutputStream out = CodedOutputStream.newInstance(stream);
      out.writeRawBytes(ByteString.copyFrom(model.toBuilder().clearGraph().build().toByteArray()));
      out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, 2);
      out.writeUInt32NoTag((int) graphBytes);
      out.writeRawBytes(rest);
      for (int i = 0; i < heads.size(); i++) {
        out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, 2);
        out.writeUInt32NoTag((int) tensorBytes(heads.get(i), tensors.get(i)));
        out.writeRawBytes(heads.get(i));
        out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, 2);
        long left = elementBytes(tensors.get(i));
        out.writeUInt32NoTag((int) left);
        for (; left > 0; left -= BLOCK) {
          out.writeRawBytes(block, 0, (int) Math.min(BLOCK, left));
        }
      }
      out.flush();
    }
  }

  private static long elementBytes(TensorProto tensor) {
    return tensor.getDimsList().stream().reduce(4L, (a, b) -> a * b);
  }

  private static long tensorBytes(byte[] head, TensorProto tensor) {
    return head.length + lengthPrefixed(TensorProto.RAW_DATA_FIELD_NUMBER, elementBytes(tensor));
  }

  private static long lengthPrefixed(int field, long bytes) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag((int) bytes)
        + bytes;
  }
}
