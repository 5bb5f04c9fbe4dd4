package org.edgeld.workbench.ui.doubles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.onnx.NetworkFile;

/** Small ONNX files, as a researcher's exporter writes them. */
public final class ModelFiles {
  /** Classes of {@link #classifier}. */
  public static final int CLASSES = 10;

  private ModelFiles() {}

  /**
   * Writes a classifier of two convolutions.
   *
   * @param height extent of the input; below 0 it is open
   * @param width likewise
   */
  public static Path classifier(Path file, long height, long width) throws IOException {
    NetworkFile net = new NetworkFile(13);
    String x = net.convNormRelu(net.input(1, 3, height, width), 3, 8, 3, 1, 1);
    net.classifier(net.convNormRelu(x, 8, 8, 3, 2, 1), 8, CLASSES);
    return net.write(file);
  }

  /** Writes a network that yields a map. */
  public static Path detector(Path file) throws IOException {
    NetworkFile net = new NetworkFile(13);
    net.output(net.conv(net.convNormRelu(net.input(1, 3, 32, 32), 3, 8, 3, 2, 1), 8, 5, 1, 1, 1));
    return net.write(file);
  }

  /** Writes a network with two operators that nobody supports. */
  public static Path unsupported(Path file) throws IOException {
    NetworkFile net = new NetworkFile(13);
    String x = net.conv(net.input(1, 3, 8, 8), 3, 4, 3, 1, 1);
    net.output(net.add("Cosh", List.of(net.add("Sinh", List.of(x)))));
    return net.write(file);
  }
}
