package org.edgeld.workbench.ui.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.edgeld.samples.ExampleImage;
import org.edgeld.workbench.ui.picture.InputPicture;

/** The picture that goes into the network; a model with examples starts with its first one. */
public final class InputViewModel {
  private final ObservableValue<NetworkChoice> model;
  private final InputPicture noise;
  private final ObjectProperty<InputPicture> picture;

  /**
   * @param model the chosen model
   * @param seed of the synthetic input
   */
  public InputViewModel(ObservableValue<NetworkChoice> model, long seed) {
    this.model = model;
    this.noise = new InputPicture.Noise(seed);
    this.picture = new SimpleObjectProperty<>(builtIn().get(0));
    model.addListener(
        (o, was, is) -> {
          if (!(picture.get() instanceof InputPicture.FromFile)) {
            picture.set(builtIn().get(0));
          }
        });
  }

  /** Returns the pictures that need no file: the model's examples, then noise. */
  public List<InputPicture> builtIn() {
    List<InputPicture> all = new ArrayList<>();
    List<ExampleImage> examples = model.getValue().examples();
    for (int i = 0; i < examples.size(); i++) {
      all.add(new InputPicture.Example(examples.get(i), i + 1));
    }
    all.add(noise);
    return List.copyOf(all);
  }

  /** Takes a picture file; it is read when the run begins. */
  public void choose(Path file) {
    picture.set(new InputPicture.FromFile(file));
  }

  public ObjectProperty<InputPicture> pictureProperty() {
    return picture;
  }
}
