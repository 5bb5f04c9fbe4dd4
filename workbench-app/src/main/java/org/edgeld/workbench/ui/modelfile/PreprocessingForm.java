package org.edgeld.workbench.ui.modelfile;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.onnx.LabelFile;
import org.edgeld.workbench.onnx.ModelDescription;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.ui.experiment.NetworkChoice;

/** What is typed into the form about a model's input. */
public final class PreprocessingForm {
  private static final int LARGEST = 1 << 16;

  private final NetworkChoice.Imported imported;
  private final ModelDescription before;
  private final ObjectProperty<ChannelOrder> order;
  private final StringProperty scale = new SimpleStringProperty();
  private final StringProperty mean = new SimpleStringProperty();
  private final StringProperty deviation = new SimpleStringProperty();
  private final StringProperty height = new SimpleStringProperty();
  private final StringProperty width = new SimpleStringProperty();
  private final StringProperty labelFile = new SimpleStringProperty("");

  /** Ways in which most models want their pictures. */
  public enum Usual {
    IMAGENET("ImageNet", "1/255", List.of("0.485", "0.456", "0.406"), "0.229, 0.224, 0.225"),
    UNIT("0 to 1", "1/255", List.of("0"), "1"),
    SYMMETRIC("−1 to 1", "1/255", List.of("0.5"), "0.5"),
    BYTES("0 to 255", "1", List.of("0"), "1");

    private final String title;
    private final String scale;
    private final List<String> mean;
    private final String deviation;

    Usual(String title, String scale, List<String> mean, String deviation) {
      this.title = title;
      this.scale = scale;
      this.mean = mean;
      this.deviation = deviation;
    }

    /** Returns the name in the window. */
    public String title() {
      return title;
    }

    /** Tells whether it is meant for this number of channels. */
    public boolean fits(int channels) {
      return mean.size() == 1 || mean.size() == channels;
    }
  }

  /** Begins with what is known of a model. */
  public PreprocessingForm(NetworkChoice.Imported imported) {
    this.imported = imported;
    this.before = ModelFileViewModel.description(imported);
    InputEncoding encoding = before.encoding();
    this.order = new SimpleObjectProperty<>(encoding.order());
    scale.set(factor(encoding.scale()));
    mean.set(words(encoding.mean()));
    deviation.set(words(encoding.deviation()));
    height.set(Integer.toString(imported.model().graph().input().height()));
    width.set(Integer.toString(imported.model().graph().input().width()));
  }

  private static String factor(double value) {
    return value == 1 / 255.0 ? "1/255" : number(value);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < LARGEST
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String words(List<Double> values) {
    boolean alike = values.stream().distinct().count() == 1;
    return alike
        ? number(values.get(0))
        : values.stream().map(PreprocessingForm::number).collect(Collectors.joining(", "));
  }

  /** Fills in what many models want. */
  public void use(Usual usual) {
    scale.set(usual.scale);
    mean.set(String.join(", ", usual.mean));
    deviation.set(usual.deviation);
  }

  /** Returns the orders that the model's channels can have; empty if no picture fits it. */
  public List<ChannelOrder> orders() {
    int channels = imported.model().graph().input().channels();
    return Arrays.stream(ChannelOrder.values()).filter(o -> o.channels() == channels).toList();
  }

  /** Returns where the file has its channels, in words. */
  public String layout() {
    return imported
        .picture()
        .map(
            picture ->
                "%s, as the file says: %s"
                    .formatted(
                        picture.channelsLast() ? "channels last (NHWC)" : "channels first (NCHW)",
                        picture.extents()))
        .orElse("not a picture");
  }

  /** Returns whether the size can be chosen. */
  public boolean sized() {
    return imported.picture().isPresent();
  }

  /** Returns what labels there are, in words. */
  public String labels() {
    int count = before.labels().size();
    return count == 0 ? "none: classes are numbered" : count + " labels, such as " + example();
  }

  private String example() {
    return before.labels().get(0);
  }

  /**
   * Returns the description that was typed; reads the labels' file.
   *
   * @throws IllegalArgumentException with a sentence for the user if an entry makes no sense
   */
  public ModelDescription description() {
    int channels = order.get().channels();
    List<Double> deviations = list("deviation", deviation.get(), channels);
    if (deviations.contains(0.0)) {
      throw new IllegalArgumentException("The deviation is 0, but it divides. Maybe use 1.");
    }
    InputEncoding encoding =
        new InputEncoding(
            order.get(),
            value("scale", scale.get()),
            list("mean", mean.get(), channels),
            deviations);
    return new ModelDescription(encoding, size(), newLabels());
  }

  private InputSize size() {
    TensorShape now = imported.model().graph().input();
    if (!sized()) {
      return before.size();
    }
    int rows = extent("height", height.get());
    int columns = extent("width", width.get());
    return rows == now.height() && columns == now.width()
        ? before.size()
        : new InputSize(OptionalInt.of(rows), OptionalInt.of(columns));
  }

  private List<String> newLabels() {
    String name = labelFile.get().trim();
    if (name.isEmpty()) {
      return before.labels();
    }
    List<String> labels;
    try {
      labels = LabelFile.read(Path.of(name));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "Cannot read the labels in %s. Maybe it is no text in UTF-8 or does not exist."
              .formatted(name),
          e);
    }
    int outputs = classes();
    if (labels.isEmpty() || (outputs > 0 && labels.size() != outputs)) {
      throw new IllegalArgumentException(
          "The file has %d labels, but the model yields %d classes. Maybe it has a heading or is another model's."
              .formatted(labels.size(), outputs));
    }
    return labels;
  }

  /** Returns the number of classes, or 0 if the outputs are none. */
  private int classes() {
    var graph = imported.model().graph();
    TensorShape output = graph.shapes().get(graph.outputs().get(0).index());
    boolean vector = output.height() == 1 && output.width() == 1;
    return graph.outputs().size() == 1 && vector ? output.channels() : 0;
  }

  /** Returns a whole number of pixels. */
  static int extent(String what, String text) {
    double value = value(what, text);
    if (value != Math.rint(value) || value < 1 || value > LARGEST) {
      throw new IllegalArgumentException(
          "The %s (%s) is no number of pixels. Maybe use 224.".formatted(what, text.trim()));
    }
    return (int) value;
  }

  private static List<Double> list(String what, String text, int channels) {
    List<Double> values =
        Arrays.stream(text.trim().split("[,;\\s]+")).map(part -> value(what, part)).toList();
    if (values.size() != 1 && values.size() != channels) {
      throw new IllegalArgumentException(
          "The %s has %d numbers for %d channels. Maybe use one for all."
              .formatted(what, values.size(), channels));
    }
    return values.size() == channels ? values : Collections.nCopies(channels, values.get(0));
  }

  private static double value(String what, String text) {
    String[] parts = text.trim().split("/", 2);
    try {
      double value = Double.parseDouble(parts[0].trim().replace('−', '-'));
      double result = parts.length == 2 ? value / Double.parseDouble(parts[1].trim()) : value;
      if (Double.isFinite(result)) {
        return result;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (\"%s\") is not a number. Maybe use digits and a point.".formatted(what, text),
          e);
    }
    throw new IllegalArgumentException(
        "The %s (\"%s\") is not finite. Maybe a digit is missing.".formatted(what, text));
  }

  public ObjectProperty<ChannelOrder> orderProperty() {
    return order;
  }

  /** Factor of a sample 0 to 255: a number or a fraction. */
  public StringProperty scaleProperty() {
    return scale;
  }

  /** Subtracted after scaling: one number, or one for each channel. */
  public StringProperty meanProperty() {
    return mean;
  }

  /** Divisor after that: one number, or one for each channel. */
  public StringProperty deviationProperty() {
    return deviation;
  }

  public StringProperty heightProperty() {
    return height;
  }

  public StringProperty widthProperty() {
    return width;
  }

  /** Text file with a label a line; empty to keep those there are. */
  public StringProperty labelFileProperty() {
    return labelFile;
  }
}
