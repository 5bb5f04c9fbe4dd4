package org.edgeld.workbench.ui.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.edgeld.model.Model;
import org.edgeld.samples.ExampleImage;
import org.edgeld.workbench.image.InputException;
import org.edgeld.workbench.image.PictureReader;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.run.HostTensor;

/** Where the input of a run comes from. */
public sealed interface InputPicture {
  /** Returns the name in the window and in result files. */
  String title();

  /**
   * Makes the input tensor; reads files.
   *
   * @throws InputException with a sentence for the user
   */
  HostTensor read(Model model) throws InputException;

  /** Returns the picture to look at, if there is one. */
  Optional<BufferedImage> preview();

  /**
   * Noise, the same for the same seed.
   *
   * @param seed of the noise
   */
  record Noise(long seed) implements InputPicture {
    @Override
    public String title() {
      return "Synthetic (seed " + seed + ")";
    }

    @Override
    public HostTensor read(Model model) {
      return SyntheticInput.noise(model, seed);
    }

    @Override
    public Optional<BufferedImage> preview() {
      return Optional.empty();
    }
  }

  /**
   * A picture file.
   *
   * @param file where it is
   */
  record FromFile(Path file) implements InputPicture {
    @Override
    public String title() {
      return file.getFileName().toString();
    }

    @Override
    public HostTensor read(Model model) throws InputException {
      return PictureReader.read(file, model);
    }

    @Override
    public Optional<BufferedImage> preview() {
      try {
        return Optional.ofNullable(ImageIO.read(file.toFile()));
      } catch (IOException e) {
        return Optional.empty(); // reading it for the run says what is wrong
      }
    }
  }

  /**
   * A picture that comes with a model.
   *
   * @param example the picture
   * @param number counts the examples of the model from 1
   */
  record Example(ExampleImage example, int number) implements InputPicture {
    @Override
    public String title() {
      return "Example " + number + " (" + example.label() + ")";
    }

    @Override
    public HostTensor read(Model model) throws InputException {
      try {
        Path copy = Files.createTempFile("edgeld-example", ".png");
        try (var in = example.location().openStream()) {
          Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
          return PictureReader.read(copy, model);
        } finally {
          Files.deleteIfExists(copy);
        }
      } catch (IOException e) {
        throw new InputException(
            "The example picture of " + model.id() + " cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public Optional<BufferedImage> preview() {
      try {
        return Optional.ofNullable(ImageIO.read(example.location()));
      } catch (IOException e) {
        return Optional.empty(); // reading it for the run says what is wrong
      }
    }
  }
}
