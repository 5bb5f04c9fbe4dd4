package org.edgeld.workbench.ui.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.model.TensorShape;
import org.edgeld.samples.ExampleImage;
import org.edgeld.samples.InputSizes;
import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.onnx.lower.PictureInput;

/** A network that can be chosen. */
public sealed interface NetworkChoice {
  /** Returns the name in result files. */
  String id();

  /** Returns the name in the window. */
  String title();

  /** Returns one sentence saying what it is. */
  String description();

  /** Returns the side lengths of square inputs to choose from; empty if the input is given. */
  Optional<InputSizes> sizes();

  /** Returns the height of the input that it begins with. */
  int firstInputSize();

  /** Returns an input size in words, such as {@code 224} or {@code 320×240}. */
  String sizeWords(int inputSize);

  /** Returns where it was opened from; empty for a network of the catalogue. */
  default Optional<Path> source() {
    return Optional.empty();
  }

  /** Returns pictures to try it on. */
  List<ExampleImage> examples();

  /**
   * Makes the network.
   *
   * @param inputSize one of {@link #sizes}; of no meaning if the input is given
   */
  Model create(int inputSize);

  /**
   * A network of the catalogue.
   *
   * @param sample the network
   */
  record BuiltIn(SampleModel sample) implements NetworkChoice {
    @Override
    public String id() {
      return sample.id();
    }

    @Override
    public String title() {
      return sample.title();
    }

    @Override
    public String description() {
      return sample.description();
    }

    @Override
    public Optional<InputSizes> sizes() {
      return Optional.of(sample.inputSizes());
    }

    @Override
    public int firstInputSize() {
      return sample.defaultInputSize();
    }

    @Override
    public String sizeWords(int inputSize) {
      return Integer.toString(inputSize);
    }

    @Override
    public List<ExampleImage> examples() {
      return sample.examples();
    }

    @Override
    public Model create(int inputSize) {
      return sample.create(inputSize);
    }
  }

  /**
   * A network from a file.
   *
   * @param file where it was
   * @param model the network, which stays usable when the file is gone
   * @param picture what the file says of its input; empty if that is no picture
   */
  record Imported(Path file, Model model, Optional<PictureInput> picture) implements NetworkChoice {
    @Override
    public Optional<Path> source() {
      return Optional.of(file);
    }

    private TensorShape input() {
      return model.graph().input();
    }

    @Override
    public String id() {
      return model.id();
    }

    @Override
    public String title() {
      return model.id();
    }

    @Override
    public String description() {
      return "Opened from %s.".formatted(file);
    }

    @Override
    public Optional<InputSizes> sizes() {
      return Optional.empty();
    }

    @Override
    public int firstInputSize() {
      return input().height();
    }

    @Override
    public String sizeWords(int inputSize) {
      return input().height() == input().width()
          ? Integer.toString(input().height())
          : input().height() + "×" + input().width();
    }

    @Override
    public List<ExampleImage> examples() {
      return List.of();
    }

    @Override
    public Model create(int inputSize) {
      return model;
    }
  }
}
