package org.edgeld.workbench.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes an ONNX file node by node, as exporters do; weights are random. */
public final class NetworkFile {
  private static final int IR_VERSION = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");
  private final Random random = new Random(11);
  private final int version;
  private int values;

  /**
   * Begins a file.
   *
   * @param version of the operator set
   */
  public NetworkFile(int version) {
    this.version = version;
  }

  int version() {
    return version;
  }

  /** Adds an input; extents below 0 are open. */
  public String input(long... dims) {
    graph.addInput(Protos.value("input", dims));
    return "input";
  }

  /** Makes a value an output. */
  public void output(String value) {
    graph.addOutput(Protos.value(value));
    graph
        .getOutputBuilder(graph.getOutputCount() - 1)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .clearShape();
  }

  /** Adds a constant. */
  String constant(TensorProto tensor) {
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  String wholes(long... values) {
    return constant(Protos.wholes(name("wholes"), values));
  }

  /** Adds a constant without axes. */
  String scalar(float value) {
    return constant(Protos.reals(name("scalar"), new float[] {value}));
  }

  /** Adds a whole number without axes. */
  String index(long value) {
    return constant(Protos.wholes(name("index"), value).toBuilder().clearDims().build());
  }

  String reals(float... values) {
    return constant(Protos.reals(name("reals"), values, values.length));
  }

  /** Adds random weights that keep the scale of what they are multiplied with. */
  String weights(long... dims) {
    long all = 1;
    for (long dim : dims) {
      all *= dim;
    }
    double scale = Math.sqrt(2.0 * dims[0] / all);
    float[] elements = new float[(int) all];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) (scale * random.nextGaussian());
    }
    return constant(Protos.reals(name("weights"), elements, dims));
  }

  /** Adds one random number for each channel, around {@code centre}. */
  String perChannel(int channels, double centre) {
    float[] elements = new float[channels];
    for (int i = 0; i < channels; i++) {
      elements[i] = (float) (centre + 0.2 * (random.nextDouble() - 0.5));
    }
    return constant(Protos.reals(name("channels"), elements, channels));
  }

  private String name(String kind) {
    return kind + "." + ++values;
  }

  /** Adds a node with one output. */
  public String add(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = name(operator.toLowerCase(java.util.Locale.ROOT));
    graph.addNode(Protos.node(operator, inputs, output, attributes));
    return output;
  }

  /** Adds a node with several outputs. */
  List<String> addSplit(List<String> inputs, int parts, AttributeProto... attributes) {
    List<String> outputs =
        java.util.stream.IntStream.range(0, parts).mapToObj(i -> name("part")).toList();
    graph.addNode(Protos.node("Split", inputs, outputs, attributes));
    return outputs;
  }

  /** Adds a convolution with a square kernel and symmetric padding. */
  public String conv(String x, int in, int out, int kernel, int stride, int groups) {
    int pad = kernel / 2;
    return add(
        "Conv",
        List.of(x, weights(out, in / groups, kernel, kernel)),
        Protos.wholeList("kernel_shape", kernel, kernel),
        Protos.wholeList("strides", stride, stride),
        Protos.wholeList("pads", pad, pad, pad, pad),
        Protos.wholeList("dilations", 1, 1),
        Protos.whole("group", groups));
  }

  /** Adds a convolution, its normalisation and a rectifier. */
  public String convNormRelu(String x, int in, int out, int kernel, int stride, int groups) {
    return relu(norm(conv(x, in, out, kernel, stride, groups), out));
  }

  String norm(String x, int channels) {
    return add(
        "BatchNormalization",
        List.of(
            x,
            perChannel(channels, 1),
            perChannel(channels, 0),
            perChannel(channels, 0.1),
            perChannel(channels, 1.2)),
        Protos.real("epsilon", 1e-5f),
        Protos.real("momentum", 0.9f));
  }

  String relu(String x) {
    return add("Relu", List.of(x));
  }

  String pool(String operator, String x, int kernel, int stride, int pad, AttributeProto... more) {
    AttributeProto[] attributes = java.util.Arrays.copyOf(more, more.length + 3);
    attributes[more.length] = Protos.wholeList("kernel_shape", kernel, kernel);
    attributes[more.length + 1] = Protos.wholeList("strides", stride, stride);
    attributes[more.length + 2] = Protos.wholeList("pads", pad, pad, pad, pad);
    return add(operator, List.of(x), attributes);
  }

  String concat(String... parts) {
    return add("Concat", List.of(parts), Protos.whole("axis", 1));
  }

  /** Adds the end of a classifier: global average, flatten, linear layer. */
  public void classifier(String x, int channels, int classes) {
    String mean = add("GlobalAveragePool", List.of(x));
    String flat = add("Flatten", List.of(mean), Protos.whole("axis", 1));
    output(
        add(
            "Gemm",
            List.of(flat, weights(classes, channels), perChannel(classes, 0)),
            Protos.real("alpha", 1),
            Protos.real("beta", 1),
            Protos.whole("transB", 1)));
  }

  ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("pytorch")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(version))
        .setGraph(graph)
        .build();
  }

  /** Writes the file. */
  public Path write(Path file) throws IOException {
    return Files.write(file, model().toByteArray());
  }
}
