package org.edgeld.samples;

import java.util.List;
import org.edgeld.model.Model;

/** A built-in network that can be made for any input size its geometry allows. Immutable. */
public interface SampleModel {
  /** Returns the name on the command line, such as {@code vgg16}: lower-case letters and digits. */
  String id();

  /** Returns the name people use, such as {@code VGG16}. */
  String title();

  /** Returns one sentence saying what the network is and which paper describes it. */
  String description();

  /** Returns the side lengths of the square input that {@link #create} takes. */
  InputSizes inputSizes();

  /** Returns the side length used when nobody asks for another. */
  default int defaultInputSize() {
    return inputSizes().standard();
  }

  /** Returns pictures to try the network on, empty if its weights mean nothing. */
  default List<ExampleImage> examples() {
    return List.of();
  }

  /**
   * Makes the network. The same size always gives the same graph and weights.
   *
   * @param inputSize side length of the square input
   * @throws IllegalArgumentException with one sentence for the user if the size does not work
   */
  Model create(int inputSize);
}
