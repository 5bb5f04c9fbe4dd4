package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.lower.UnsupportedModelException;
import org.edgeld.workbench.onnx.lower.UnsupportedUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class OnnxImporterTest {
  @TempDir Path folder;
  private Path store;
  private OnnxImporter importer;

  @BeforeEach
  void createImporter() {
    store = folder.resolve("store");
    importer = new OnnxImporter(store);
  }

  private Model open(Path file) throws Exception {
    return importer.open(file, ImportOptions.NONE, JobMonitor.SILENT);
  }

  private ModelFileException refusal(Path file) {
    ModelFileException refusal = catchThrowableOfType(ModelFileException.class, () -> open(file));
    assertThat(refusal).as(file.toString()).isNotNull();
    return refusal;
  }

  /** A convolution of one input channel, three wide, and its weights. */
  private static NetworkFile small(TensorProto weights, long... input) {
    NetworkFile net = new NetworkFile(13);
    String x =
        net.add(
            "Conv",
            List.of(net.input(input), net.constant(weights)),
            Protos.wholeList("pads", 0, 1, 0, 1));
    net.output(net.relu(x));
    return net;
  }

  private static float[] weights(Model model) throws IOException {
    WeightRef weight = model.graph().layers().get(0).weights().get(0);
    ByteBuffer bytes = model.weights().read((WeightRef.Stored) weight);
    float[] values = new float[(int) weight.elements()];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static TensorProto threeTaps(float... values) {
    return Protos.reals("weights", values, 1, 1, 1, 3);
  }

  @Test
  void allUnsupportedOperatorsAreNamedWithAllNodesBeforeAnythingIsStored() throws Exception {
    NetworkFile net = new NetworkFile(13);
    String x = net.conv(net.input(1, 3, 8, 8), 3, 4, 3, 1, 1);
    x = net.add("Det", List.of(net.add("Sinh", List.of(net.add("Sinh", List.of(x))))));
    net.output(net.add("Add", List.of(x, x)));

    UnsupportedModelException refusal =
        (UnsupportedModelException) refusal(net.write(folder.resolve("odd.onnx")));

    assertThat(refusal.uses()).extracting(UnsupportedUse::operator).containsExactly("Sinh", "Det");
    assertThat(refusal.uses().get(0).nodes()).hasSize(2);
    assertThat(refusal).hasMessageContaining("odd cannot be imported").hasMessageContaining("Det");
    assertThat(store).doesNotExist();
  }

  @Test
  void aSecondImportReadsNoWeights() throws Exception {
    Path file = small(threeTaps(1, 2, 3), 1, 1, 4, 4).write(folder.resolve("net.onnx"));
    FileTime time = Files.getLastModifiedTime(file);
    Model first = open(file);
    // other weights, but neither time nor size tell
    small(threeTaps(4, 5, 6), 1, 1, 4, 4).write(file);
    Files.setLastModifiedTime(file, time);

    assertThat(open(file).graph()).isEqualTo(first.graph());

    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
    assertThat(weights(open(file))).containsExactly(4, 5, 6);
  }

  @Test
  void weightsMissingInTheStoreAreReadAgain() throws Exception {
    Path file = small(threeTaps(1, 2, 3), 1, 1, 4, 4).write(folder.resolve("net.onnx"));
    open(file);
    try (Stream<Path> files = Files.list(store)) {
      for (Path stored : files.filter(path -> !path.toString().endsWith(".index")).toList()) {
        Files.delete(stored);
      }
    }

    assertThat(weights(open(file))).containsExactly(1, 2, 3);
  }

  @Test
  void aCancelledImportLeavesNothingUnfinished() throws Exception {
    Path file = small(threeTaps(1, 2, 3), 1, 1, 4, 4).write(folder.resolve("net.onnx"));
    JobMonitor impatient =
        new JobMonitor() {
          private boolean asked;

          @Override
          public void progress(String what, double fraction) {
            asked = what.contains("weights");
          }

          @Override
          public boolean cancelled() {
            return asked;
          }
        };

    assertThatThrownBy(() -> importer.open(file, ImportOptions.NONE, impatient))
        .isInstanceOf(JobCancelledException.class);
    try (Stream<Path> files = Files.list(store)) {
      assertThat(files).noneMatch(path -> path.toString().endsWith(".part"));
    }
  }

  @Test
  void halfPrecisionIsReadFromBytesAndFromNumbers() throws Exception {
    int[] halves = {0x3E00, 0xC000, 0x0001};
    float[] values = {1.5f, -2, 0x1p-24f};
    TensorProto.Builder tensor =
        threeTaps(values).toBuilder()
            .clearRawData()
            .setDataType(TensorProto.DataType.FLOAT16.getNumber());
    ByteBuffer bytes = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    for (int half : halves) {
      bytes.putShort((short) half);
    }
    TensorProto raw =
        tensor.clone().setRawData(com.google.protobuf.ByteString.copyFrom(bytes.flip())).build();
    Arrays.stream(halves).forEach(tensor::addInt32Data);

    for (TensorProto weights : List.of(raw, tensor.build())) {
      Path file = small(weights, 1, 1, 4, 4).write(folder.resolve("half.onnx"));
      Files.setLastModifiedTime(file, FileTime.fromMillis(weights.hashCode() & 0xFFFFF));
      assertThat(weights(open(file))).containsExactly(values);
    }
  }

  private static TensorProto external(String location, long offset) {
    return threeTaps().toBuilder()
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", Long.toString(offset)))
        .addExternalData(entry("length", "12"))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void weightsMayLieInAFileBesideTheModel() throws Exception {
    ByteBuffer data = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(new float[] {0, 0, 7, 8, 9, 0});
    Files.write(folder.resolve("net.data"), data.array());
    Path file = small(external("net.data", 8), 1, 1, 4, 4).write(folder.resolve("net.onnx"));

    assertThat(weights(open(file))).containsExactly(7, 8, 9);

    small(external("net.data", 24), 1, 1, 4, 4).write(file);
    assertThat(refusal(file)).hasMessageContaining("net.data");
  }

  @Test
  void weightsOutsideTheModelsFolderAreNotRead() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.write(folder.resolve("secret"), new byte[64]);
    Files.createSymbolicLink(inner.resolve("link"), folder.resolve("secret"));

    for (String location :
        List.of("../secret", folder.resolve("secret").toString(), "link", "missing", "")) {
      Path file = small(external(location, 0), 1, 1, 4, 4).write(inner.resolve("net.onnx"));
      assertThat(refusal(file)).hasMessageContaining("cannot be imported");
    }
    assertThat(store).doesNotExist();
  }

  @Test
  void openExtentsAreChosenByTheUserOrTheDescription() throws Exception {
    Path file = small(threeTaps(1, 2, 3), -1, 1, -2, -3).write(folder.resolve("open.onnx"));

    assertThat(refusal(file)).hasMessageContaining("height").hasMessageContaining("Maybe choose");

    Files.writeString(DescriptionFile.beside(file), "{\"height\": 6, \"width\": 7}");
    assertThat(open(file).graph().input()).isEqualTo(new TensorShape(1, 6, 7));

    ImportOptions wider = ImportOptions.of(OptionalInt.empty(), OptionalInt.of(9));
    assertThat(importer.open(file, wider, JobMonitor.SILENT).graph().input())
        .isEqualTo(new TensorShape(1, 6, 9));
  }

  @Test
  void aFixedBatchBecomesOne() throws Exception {
    NetworkFile net = new NetworkFile(13);
    String x = net.conv(net.input(4, 3, 8, 8), 3, 2, 3, 1, 1);
    net.output(net.add("Reshape", List.of(x, net.wholes(4, 128))));
    Model model = open(net.write(folder.resolve("batch.onnx")));

    assertThat(model.graph().input()).isEqualTo(new TensorShape(3, 8, 8));
    assertThat(model.graph().shapes().get(model.graph().layers().size()).elements()).isEqualTo(128);
  }

  @Test
  void normalisationsActivationsAndPaddingBecomePartOfTheirConvolution() throws Exception {
    NetworkFile net = new NetworkFile(13);
    String x = net.input(1, 3, 8, 8);
    x = net.add("Pad", List.of(x, net.wholes(0, 0, 0, 1, 0, 0, 2, 1)));
    x = net.convNormRelu(x, 3, 4, 3, 1, 1);
    x = net.add("Identity", List.of(net.add("Dropout", List.of(x))));
    x = net.add("Add", List.of(net.conv(x, 4, 4, 1, 1, 1), net.scalar(1)));
    net.output(net.add("Clip", List.of(x, net.scalar(0), net.scalar(6))));
    Model model = open(net.write(folder.resolve("folded.onnx")));

    assertThat(model.graph().layers())
        .extracting(Layer::operator)
        .hasOnlyElementsOfType(Operator.Conv2d.class)
        .hasSize(2);
  }

  @Test
  void aDamagedFileIsRefusedInOneSentence() throws Exception {
    byte[] whole = small(threeTaps(1, 2, 3), 1, 1, 4, 4).model().toByteArray();
    List<byte[]> damaged = new ArrayList<>();
    for (int length = 0; length < whole.length; length += 3) {
      damaged.add(Arrays.copyOf(whole, length));
    }
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      damaged.add(bytes);
    }
    int refused = 0;
    for (byte[] bytes : damaged) {
      Path file = Files.write(folder.resolve("damaged.onnx"), bytes);
      try {
        open(file);
      } catch (ModelFileException e) {
        refused++;
        assertThat(e.getMessage()).doesNotContain("Exception").endsWith(".");
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 3);
  }

  @Test
  void whatIsNoNetworkOfOnePictureIsRefused() throws Exception {
    assertThat(refusal(folder.resolve("missing.onnx"))).hasMessageContaining("Maybe");
    assertThat(refusal(folder)).hasMessageContaining("Maybe");
    Path text = Files.writeString(folder.resolve("text.onnx"), "This is no network at all.");
    assertThat(refusal(text)).hasMessageContaining("no ONNX file");

    NetworkFile two = new NetworkFile(13);
    String x = two.input(1, 3, 8, 8);
    two.output(two.add("Add", List.of(x, "other")));
    ModelProto model = two.model();
    GraphProto graph =
        model.getGraph().toBuilder().addInput(Protos.value("other", 1, 3, 8, 8)).build();
    Path file = folder.resolve("two.onnx");
    Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
    assertThat(refusal(file)).hasMessageContaining("2 inputs");
  }
}
