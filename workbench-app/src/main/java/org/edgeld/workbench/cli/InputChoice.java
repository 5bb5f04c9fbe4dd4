package org.edgeld.workbench.cli;

import java.nio.file.Path;
import org.edgeld.model.Model;
import org.edgeld.workbench.image.InputException;
import org.edgeld.workbench.image.PictureReader;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.image.TensorFiles;
import org.edgeld.workbench.run.HostTensor;

/** What goes into the model. */
sealed interface InputChoice {
  /** Returns words for results. */
  String describe();

  /** Reads or makes the tensor. */
  HostTensor read(Model model) throws InputException;

  /** A picture file. */
  record Picture(Path file) implements InputChoice {
    @Override
    public String describe() {
      return file.getFileName().toString();
    }

    @Override
    public HostTensor read(Model model) throws InputException {
      return PictureReader.read(file, model);
    }
  }

  /** A file of values. */
  record Tensor(Path file) implements InputChoice {
    @Override
    public String describe() {
      return file.getFileName().toString();
    }

    @Override
    public HostTensor read(Model model) throws InputException {
      return TensorFiles.read(file, model.graph().input());
    }
  }

  /** A picture of noise. */
  record Noise(long seed) implements InputChoice {
    @Override
    public String describe() {
      return "noise of seed " + seed;
    }

    @Override
    public HostTensor read(Model model) {
      return SyntheticInput.noise(model, seed);
    }
  }
}
