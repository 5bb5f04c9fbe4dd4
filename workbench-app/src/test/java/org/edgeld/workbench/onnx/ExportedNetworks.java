package org.edgeld.workbench.onnx;

import static org.edgeld.workbench.onnx.Protos.real;
import static org.edgeld.workbench.onnx.Protos.text;
import static org.edgeld.workbench.onnx.Protos.whole;
import static org.edgeld.workbench.onnx.Protos.wholeList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Small members of families of networks, written the way exporters write the large ones. */
final class ExportedNetworks {
  private static final int CLASSES = 10;

  private ExportedNetworks() {}

  static Map<String, Supplier<NetworkFile>> all() {
    Map<String, Supplier<NetworkFile>> all = new LinkedHashMap<>();
    all.put("residual", ExportedNetworks::residual);
    all.put("dense", ExportedNetworks::dense);
    all.put("squeeze-and-excitation, hard swish of its own", () -> mobile(14));
    all.put("squeeze-and-excitation, hard swish in parts", () -> mobile(9));
    all.put("inverted bottlenecks with SiLU", ExportedNetworks::efficient);
    all.put("channel shuffle", ExportedNetworks::shuffle);
    all.put("inception", ExportedNetworks::inception);
    all.put("local response normalisation, ceiling pools", ExportedNetworks::googLeNet);
    all.put("detector with Mish and focus", ExportedNetworks::detector);
    all.put("channels last with automatic padding", ExportedNetworks::channelsLast);
    all.put("encoder and decoder", ExportedNetworks::decoder);
    all.put("operator set 6", () -> old(6));
    return all;
  }

  private static NetworkFile residual() {
    NetworkFile net = new NetworkFile(13);
    String x = net.convNormRelu(net.input(-1, 3, 64, 64), 3, 16, 7, 2, 1);
    x = net.pool("MaxPool", x, 3, 2, 1);
    String y = net.convNormRelu(x, 16, 16, 3, 1, 1);
    y = net.norm(net.conv(y, 16, 16, 3, 1, 1), 16);
    x = net.relu(net.add("Add", List.of(y, x)));
    // a grouped bottleneck that halves the map
    y = net.convNormRelu(x, 16, 8, 1, 1, 1);
    y = net.convNormRelu(y, 8, 8, 3, 2, 4);
    y = net.norm(net.conv(y, 8, 32, 1, 1, 1), 32);
    String shortcut = net.norm(net.conv(x, 16, 32, 1, 2, 1), 32);
    x = net.relu(net.add("Add", List.of(y, shortcut)));
    net.classifier(x, 32, CLASSES);
    return net;
  }

  private static NetworkFile dense() {
    NetworkFile net = new NetworkFile(11);
    String x = net.convNormRelu(net.input(-1, 3, 32, 32), 3, 16, 3, 1, 1);
    int channels = 16;
    for (int block = 0; block < 2; block++) {
      for (int layer = 0; layer < 3; layer++) {
        String y = net.relu(net.norm(x, channels));
        y = net.convNormRelu(y, channels, 16, 1, 1, 1);
        x = net.concat(x, net.conv(y, 16, 8, 3, 1, 1));
        channels += 8;
      }
      x = net.conv(net.relu(net.norm(x, channels)), channels, channels / 2, 1, 1, 1);
      x = net.pool("AveragePool", x, 2, 2, 0);
      channels /= 2;
    }
    net.classifier(net.relu(net.norm(x, channels)), channels, CLASSES);
    return net;
  }

  private static NetworkFile mobile(int version) {
    NetworkFile net = new NetworkFile(version);
    String x = hardSwish(net, net.norm(net.conv(net.input(-1, 3, 48, 48), 3, 16, 3, 2, 1), 16));
    String y = net.convNormRelu(x, 16, 32, 1, 1, 1);
    y = hardSwish(net, net.norm(net.conv(y, 32, 32, 5, 1, 32), 32));
    y = excited(net, y, 32, 8, ExportedNetworks::hardSigmoid);
    y = net.norm(net.conv(y, 32, 16, 1, 1, 1), 16);
    x = net.add("Add", List.of(x, y));
    x = hardSwish(net, net.norm(net.conv(x, 16, 24, 1, 1, 1), 24));
    String flat =
        net.add("Flatten", List.of(net.add("GlobalAveragePool", List.of(x))), whole("axis", 1));
    String hidden =
        net.add(
            "Gemm", List.of(flat, net.weights(32, 24), net.perChannel(32, 0)), whole("transB", 1));
    net.output(
        net.add(
            "Gemm",
            List.of(
                net.add("Dropout", List.of(hardSwish(net, hidden))),
                net.weights(CLASSES, 32),
                net.perChannel(CLASSES, 0)),
            whole("transB", 1)));
    return net;
  }

  private interface Gate {
    String of(NetworkFile net, String x);
  }

  private static String hardSigmoid(NetworkFile net, String x) {
    if (net.version() >= 14) {
      return net.add("HardSigmoid", List.of(x), real("alpha", 1 / 6f));
    }
    String sum = net.add("Add", List.of(x, net.scalar(3)));
    String clipped = net.add("Clip", List.of(sum), real("min", 0), real("max", 6));
    return net.add("Div", List.of(clipped, net.scalar(6)));
  }

  private static String hardSwish(NetworkFile net, String x) {
    if (net.version() >= 14) {
      return net.add("HardSwish", List.of(x));
    }
    String sum = net.add("Add", List.of(x, net.scalar(3)));
    String clipped = net.add("Clip", List.of(sum), real("min", 0), real("max", 6));
    String product = net.add("Mul", List.of(x, clipped));
    return net.add("Div", List.of(product, net.scalar(6)));
  }

  private static String excited(NetworkFile net, String x, int channels, int few, Gate gate) {
    String mean = net.add("GlobalAveragePool", List.of(x));
    String squeezed = net.relu(net.conv(mean, channels, few, 1, 1, 1));
    String factors = gate.of(net, net.conv(squeezed, few, channels, 1, 1, 1));
    return net.add("Mul", List.of(factors, x));
  }

  private static NetworkFile efficient() {
    NetworkFile net = new NetworkFile(17);
    String x = silu(net, net.norm(net.conv(net.input(-1, 3, 40, 40), 3, 8, 3, 2, 1), 8));
    String y = silu(net, net.norm(net.conv(x, 8, 24, 1, 1, 1), 24));
    y = silu(net, net.norm(net.conv(y, 24, 24, 3, 1, 24), 24));
    String mean = net.add("ReduceMean", List.of(y), wholeList("axes", 2, 3), whole("keepdims", 1));
    String factors = silu(net, net.conv(mean, 24, 6, 1, 1, 1));
    factors = net.add("Sigmoid", List.of(net.conv(factors, 6, 24, 1, 1, 1)));
    y = net.add("Mul", List.of(y, factors));
    x = net.add("Add", List.of(net.norm(net.conv(y, 24, 8, 1, 1, 1), 8), x));
    String vector =
        net.add("ReduceMean", List.of(x), wholeList("axes", -1, -2), whole("keepdims", 0));
    String logits = net.add("MatMul", List.of(vector, net.weights(8, CLASSES)));
    logits = net.add("Add", List.of(net.perChannel(CLASSES, 0), logits));
    net.output(net.add("Softmax", List.of(logits), whole("axis", 1)));
    return net;
  }

  private static String silu(NetworkFile net, String x) {
    return net.add("Mul", List.of(x, net.add("Sigmoid", List.of(x))));
  }

  private static NetworkFile shuffle() {
    NetworkFile net = new NetworkFile(11);
    String x = net.convNormRelu(net.input(-1, 3, 48, 48), 3, 16, 3, 2, 1);
    for (int unit = 0; unit < 2; unit++) {
      List<String> halves = net.addSplit(List.of(x), 2, whole("axis", 1), wholeList("split", 8, 8));
      String y = net.convNormRelu(halves.get(1), 8, 8, 1, 1, 1);
      y = net.norm(net.conv(y, 8, 8, 3, 1, 8), 8);
      y = net.convNormRelu(y, 8, 8, 1, 1, 1);
      x = shuffled(net, net.concat(halves.get(0), y), 2, 8);
    }
    String y = net.norm(net.conv(x, 16, 16, 3, 2, 16), 16);
    String z = net.convNormRelu(x, 16, 16, 1, 1, 1);
    z = net.norm(net.conv(z, 16, 16, 3, 2, 16), 16);
    x = shuffled(net, net.concat(net.relu(y), net.relu(z)), 2, 16);
    net.output(
        net.add(
            "Gemm",
            List.of(
                net.add("ReduceMean", List.of(x), wholeList("axes", 2, 3), whole("keepdims", 0)),
                net.weights(CLASSES, 32),
                net.perChannel(CLASSES, 0)),
            whole("transB", 1)));
    return net;
  }

  /** The arithmetic on shapes is what {@code x.size()} becomes when it is exported. */
  private static String shuffled(NetworkFile net, String x, int groups, int each) {
    String shape = net.add("Shape", List.of(x));
    List<String> extents =
        List.of(0L, 2L, 3L).stream()
            .map(axis -> net.add("Gather", List.of(shape, net.index(axis)), whole("axis", 0)))
            .map(extent -> net.add("Unsqueeze", List.of(extent), wholeList("axes", 0)))
            .toList();
    String apart =
        net.add(
            "Concat",
            List.of(
                extents.get(0),
                net.wholes(groups),
                net.wholes(each),
                extents.get(1),
                extents.get(2)),
            whole("axis", 0));
    String joined =
        net.add(
            "Concat",
            List.of(extents.get(0), net.wholes(-1), extents.get(1), extents.get(2)),
            whole("axis", 0));
    String y = net.add("Reshape", List.of(x, apart));
    y = net.add("Transpose", List.of(y), wholeList("perm", 0, 2, 1, 3, 4));
    return net.add("Reshape", List.of(y, joined));
  }

  private static NetworkFile inception() {
    NetworkFile net = new NetworkFile(12);
    String x = normalisedChannels(net, net.input(-1, 3, 63, 63));
    x = net.convNormRelu(x, 3, 16, 3, 2, 1);
    x = net.pool("MaxPool", x, 3, 2, 0);
    String a = net.convNormRelu(x, 16, 8, 1, 1, 1);
    String b = net.convNormRelu(x, 16, 8, 1, 1, 1);
    b = net.relu(net.norm(oblong(net, b, 8, 8, 1, 7), 8));
    b = net.relu(net.norm(oblong(net, b, 8, 12, 7, 1), 12));
    String c = net.pool("AveragePool", x, 3, 1, 1, whole("count_include_pad", 1));
    c = net.convNormRelu(c, 16, 8, 1, 1, 1);
    String d =
        net.concat(net.relu(oblong(net, a, 8, 4, 1, 3)), net.relu(oblong(net, a, 8, 4, 3, 1)));
    x = net.concat(a, b, c, d);
    String e = net.pool("MaxPool", x, 3, 2, 0);
    x = net.concat(net.convNormRelu(x, 36, 12, 3, 2, 1), net.pool("MaxPool", x, 3, 2, 1));
    net.output(e);
    net.classifier(x, 48, CLASSES);
    return net;
  }

  private static String normalisedChannels(NetworkFile net, String x) {
    List<String> channels = new java.util.ArrayList<>();
    for (int c = 0; c < 3; c++) {
      String one = net.add("Gather", List.of(x, net.index(c)), whole("axis", 1));
      one = net.add("Unsqueeze", List.of(one), wholeList("axes", 1));
      one = net.add("Mul", List.of(one, net.scalar(0.45f + 0.01f * c)));
      channels.add(net.add("Add", List.of(one, net.scalar(-0.03f * c))));
    }
    return net.add("Concat", channels, whole("axis", 1));
  }

  private static String oblong(NetworkFile net, String x, int in, int out, int height, int width) {
    return net.add(
        "Conv",
        List.of(x, net.weights(out, in, height, width), net.perChannel(out, 0)),
        wholeList("kernel_shape", height, width),
        wholeList("pads", height / 2, width / 2, height / 2, width / 2));
  }

  private static NetworkFile googLeNet() {
    NetworkFile net = new NetworkFile(10);
    String x = net.relu(net.conv(net.input(1, 3, 59, 59), 3, 16, 7, 2, 1));
    x = net.pool("MaxPool", x, 3, 2, 0, whole("ceil_mode", 1));
    x = net.add("LRN", List.of(x), whole("size", 5), real("alpha", 1e-2f), real("beta", 0.75f));
    String dilated =
        net.add(
            "Conv",
            List.of(x, net.weights(8, 16, 3, 3)),
            wholeList("dilations", 2, 2),
            wholeList("pads", 2, 1, 2, 3));
    String pooled = net.pool("MaxPool", x, 3, 1, 1, whole("ceil_mode", 1));
    x = net.concat(net.relu(dilated), net.relu(net.conv(pooled, 16, 8, 1, 1, 1)));
    x = net.pool("AveragePool", x, 2, 2, 0, whole("ceil_mode", 1));
    String flat = net.add("Reshape", List.of(x, net.wholes(-1, 16 * 8 * 8)));
    String logits = net.add("MatMul", List.of(flat, net.weights(16 * 8 * 8, CLASSES)));
    net.output(net.add("Add", List.of(logits, net.perChannel(CLASSES, 0))));
    return net;
  }

  private static NetworkFile detector() {
    NetworkFile net = new NetworkFile(11);
    String input = net.input(-1, 3, -1, -1);
    List<String> pixels = new java.util.ArrayList<>();
    for (long[] start : new long[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
      pixels.add(everySecond(net, everySecond(net, input, 2, start[0]), 3, start[1]));
    }
    String x = net.add("Concat", pixels, whole("axis", 1));
    x = mish(net, net.norm(net.conv(x, 12, 16, 3, 1, 1), 16));
    String deep = net.norm(net.conv(x, 16, 24, 3, 2, 1), 24);
    deep = net.add("LeakyRelu", List.of(deep), real("alpha", 0.1f));
    deep = net.concat(deep, net.pool("MaxPool", deep, 5, 1, 2), net.pool("MaxPool", deep, 9, 1, 4));
    deep = net.norm(net.conv(deep, 72, 16, 1, 1, 1), 16);
    x = net.concat(upsampled(net, deep), x);
    net.output(head(net, net.conv(deep, 16, 3 * 7, 1, 1, 1)));
    net.output(head(net, net.conv(x, 32, 3 * 7, 1, 1, 1)));
    return net;
  }

  private static String everySecond(NetworkFile net, String x, long axis, long start) {
    return net.add(
        "Slice",
        List.of(x, net.wholes(start), net.wholes(Long.MAX_VALUE), net.wholes(axis), net.wholes(2)));
  }

  private static String mish(NetworkFile net, String x) {
    String tanh = net.add("Tanh", List.of(net.add("Softplus", List.of(x))));
    return net.add("Mul", List.of(x, tanh));
  }

  private static String upsampled(NetworkFile net, String x) {
    String shape = net.add("Shape", List.of(x));
    String front = net.add("Slice", List.of(shape, net.wholes(0), net.wholes(2), net.wholes(0)));
    List<String> sizes = new java.util.ArrayList<>(List.of(front));
    for (int axis = 2; axis < 4; axis++) {
      String extent = net.add("Gather", List.of(shape, net.index(axis)), whole("axis", 0));
      String real = net.add("Cast", List.of(extent), whole("to", 1));
      String twice = net.add("Floor", List.of(net.add("Mul", List.of(real, net.scalar(2)))));
      String size = net.add("Cast", List.of(twice), whole("to", 7));
      sizes.add(net.add("Unsqueeze", List.of(size), wholeList("axes", 0)));
    }
    String all = net.add("Concat", sizes, whole("axis", 0));
    return net.add(
        "Resize",
        List.of(x, net.reals(), net.reals(), all),
        text("coordinate_transformation_mode", "asymmetric"),
        text("mode", "nearest"),
        text("nearest_mode", "floor"));
  }

  /** N×(3·7)×H×W becomes N×3×H×W×7. */
  private static String head(NetworkFile net, String x) {
    String shape = net.add("Shape", List.of(x));
    String rows = net.add("Gather", List.of(shape, net.wholes(2)), whole("axis", 0));
    String columns = net.add("Gather", List.of(shape, net.wholes(3)), whole("axis", 0));
    String apart =
        net.add(
            "Concat",
            List.of(net.wholes(1), net.wholes(3), net.wholes(7), rows, columns),
            whole("axis", 0));
    String y = net.add("Reshape", List.of(x, apart));
    y = net.add("Transpose", List.of(y), wholeList("perm", 0, 1, 3, 4, 2));
    return net.add("Sigmoid", List.of(y));
  }

  private static NetworkFile channelsLast() {
    NetworkFile net = new NetworkFile(13);
    String x =
        net.add("Transpose", List.of(net.input(-1, 37, 41, 3)), wholeList("perm", 0, 3, 1, 2));
    x =
        net.add(
            "Conv",
            List.of(x, net.weights(8, 3, 3, 3), net.perChannel(8, 0)),
            text("auto_pad", "SAME_UPPER"),
            wholeList("strides", 2, 2));
    x = net.add("Clip", List.of(x, net.scalar(0), net.scalar(6)));
    x =
        net.add(
            "Conv",
            List.of(x, net.weights(8, 1, 4, 4)),
            text("auto_pad", "SAME_LOWER"),
            whole("group", 8));
    x = net.add("Clip", List.of(x, net.scalar(-1), net.scalar(1)));
    x =
        net.add(
            "MaxPool",
            List.of(x),
            text("auto_pad", "SAME_UPPER"),
            wholeList("kernel_shape", 2, 2),
            wholeList("strides", 2, 2));
    x = net.add("Pad", List.of(x, net.wholes(0, 0, 1, 0, 0, 0, 0, 2), net.scalar(0)));
    x = net.conv(x, 8, 8, 1, 1, 1);
    String mean = net.add("GlobalAveragePool", List.of(x));
    String vector = net.add("Squeeze", List.of(mean, net.wholes(2, 3)));
    net.output(net.add("MatMul", List.of(vector, net.weights(8, CLASSES))));
    net.output(net.add("Transpose", List.of(x), wholeList("perm", 0, 2, 3, 1)));
    return net;
  }

  private static NetworkFile decoder() {
    NetworkFile net = new NetworkFile(13);
    String x =
        net.add(
            "Pad",
            List.of(net.input(-1, 3, 32, 32), net.wholes(0, 0, 2, 2, 0, 0, 2, 2)),
            text("mode", "reflect"));
    String wide = net.add("Elu", List.of(net.conv(x, 3, 8, 3, 1, 1)), real("alpha", 0.7f));
    String deep = net.add("PRelu", List.of(net.conv(wide, 8, 16, 3, 2, 1), slopes(net, 16)));
    String up =
        net.add(
            "ConvTranspose",
            List.of(deep, net.weights(16, 8, 2, 2), net.perChannel(8, 0)),
            wholeList("strides", 2, 2));
    x = net.concat(up, wide);
    x = net.add("Tanh", List.of(net.conv(x, 16, 12, 3, 1, 1)));
    String half =
        net.add(
            "Resize",
            List.of(x, net.reals(), net.reals(1, 1, 0.5f, 0.5f)),
            text("coordinate_transformation_mode", "pytorch_half_pixel"),
            text("mode", "linear"));
    half =
        net.add(
            "ConvTranspose",
            List.of(half, net.weights(12, 1, 4, 4)),
            wholeList("strides", 2, 2),
            wholeList("pads", 1, 1, 1, 1),
            whole("group", 12));
    x = net.add("Sub", List.of(x, net.add("Div", List.of(half, net.scalar(3)))));
    net.output(net.add("DepthToSpace", List.of(x), whole("blocksize", 2), text("mode", "CRD")));
    return net;
  }

  private static String slopes(NetworkFile net, int channels) {
    return net.add("Unsqueeze", List.of(net.perChannel(channels, 0.2), net.wholes(1, 2)));
  }

  /** In operator set 6 repeating along axes is an attribute, from 7 on it is implied. */
  static NetworkFile old(int version) {
    NetworkFile net = new NetworkFile(version);
    String x = net.conv(net.input(1, 3, 32, 32), 3, 8, 3, 1, 1);
    String shift = net.perChannel(8, 0);
    x =
        version < 7
            ? net.add("Add", List.of(x, shift), whole("broadcast", 1), whole("axis", 1))
            : net.add("Add", List.of(x, net.add("Reshape", List.of(shift, net.wholes(8, 1, 1)))));
    x = net.relu(net.norm(x, 8));
    x = net.add("Sum", List.of(x, net.conv(x, 8, 8, 3, 1, 8), net.conv(x, 8, 8, 1, 1, 1)));
    x =
        net.add(
            "Pad", List.of(x), wholeList("pads", 0, 0, 0, 0, 0, 0, 1, 1), text("mode", "constant"));
    x = net.pool("MaxPool", x, 3, 2, 0);
    x = net.add("Dropout", List.of(x), real("ratio", 0.5f));
    x = net.add("GlobalMaxPool", List.of(net.conv(x, 8, 12, 3, 1, 1)));
    String flat = net.add("Flatten", List.of(x));
    List<String> factors = List.of(flat, net.weights(12, CLASSES), net.perChannel(CLASSES, 0));
    net.output(
        version < 7 ? net.add("Gemm", factors, whole("broadcast", 1)) : net.add("Gemm", factors));
    return net;
  }
}
