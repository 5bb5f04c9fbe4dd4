package org.edgeld.workbench.ui.modelfile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.edgeld.model.Model;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.DescriptionFile;
import org.edgeld.workbench.onnx.ImportOptions;
import org.edgeld.workbench.onnx.ModelDescription;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.onnx.lower.PictureInput;
import org.edgeld.workbench.onnx.lower.UnsupportedModelException;
import org.edgeld.workbench.onnx.lower.UnsupportedUse;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;

/**
 * Opens models from files. What a file leaves open is asked for, a refusal is explained; what was
 * chosen before stays chosen until the new model is there. Used on the window's thread.
 */
public final class ModelFileViewModel {
  private static final String ENDING = ".onnx";
  private static final String SAVED_ENDING = ".json";
  private static final int PICTURE_CHANNELS = 3;

  private final OnnxImporter importer;
  private final JobViewModel job;
  private final BannerViewModel banner;
  private final Executor ui;
  private final Consumer<NetworkChoice.Imported> whenOpened;
  private final Consumer<Path> openSaved;
  private final ReadOnlyObjectWrapper<Optional<SizeQuestion>> question =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Refusal>> refusal =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /**
   * A file leaves the size of its picture open.
   *
   * @param file the file
   * @param picture what it says
   */
  public record SizeQuestion(Path file, PictureInput picture) {}

  /**
   * A file uses what is not supported.
   *
   * @param model what people call it
   * @param uses all of it
   */
  public record Refusal(String model, List<UnsupportedUse> uses) {
    public Refusal {
      uses = List.copyOf(uses);
    }

    /** Returns the refusal in a sentence that does not list all of it. */
    public String sentence() {
      return uses.size() == 1
          ? "%s cannot be imported: it uses %s in a way that is not supported."
              .formatted(model, uses.get(0).operator())
          : "%s cannot be imported: %d things it does are not supported."
              .formatted(model, uses.size());
    }
  }

  /**
   * @param importer reads the files
   * @param job shows progress and cancels
   * @param banner says what is wrong
   * @param ui runs tasks on the window's thread
   * @param whenOpened takes the models over
   * @param openSaved opens plans and profiles
   */
  public ModelFileViewModel(
      OnnxImporter importer,
      JobViewModel job,
      BannerViewModel banner,
      Executor ui,
      Consumer<NetworkChoice.Imported> whenOpened,
      Consumer<Path> openSaved) {
    this.importer = importer;
    this.job = job;
    this.banner = banner;
    this.ui = ui;
    this.whenOpened = whenOpened;
    this.openSaved = openSaved;
  }

  /** Tells whether a file is a model by its name. */
  public static boolean isModel(Path file) {
    return endsWith(file, ENDING);
  }

  private static boolean endsWith(Path file, String ending) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /** Opens the first model among files that were dropped, or else the first plan or profile. */
  public void drop(List<Path> files) {
    files.stream()
        .filter(ModelFileViewModel::isModel)
        .findFirst()
        .or(() -> files.stream().filter(file -> endsWith(file, SAVED_ENDING)).findFirst())
        .ifPresentOrElse(
            this::open,
            () ->
                banner.show(
                    "None of the files is a model, plan or profile. Maybe drop one whose name ends"
                        + " with .onnx or .json."));
  }

  /** Opens a model, of the size that its description says, or a plan or profile. */
  public void open(Path file) {
    if (endsWith(file, SAVED_ENDING)) {
      openSaved.accept(file);
    } else {
      open(file, InputSize.AS_IN_FILE);
    }
  }

  /** Opens a file, of a chosen size where one is given. */
  public void open(Path file, InputSize chosen) {
    question.set(Optional.empty());
    refusal.set(Optional.empty());
    start(file, monitor -> read(file, chosen, monitor));
  }

  private void start(Path file, JobViewModel.Work work) {
    job.start("Opening " + file.getFileName() + "…", work);
  }

  private void read(Path file, InputSize chosen, JobMonitor monitor)
      throws ModelFileException, JobCancelledException {
    Optional<PictureInput> picture = importer.input(file);
    if (picture.isPresent()) {
      int channels = picture.get().channels().orElse(PICTURE_CHANNELS);
      InputSize size = chosen.or(DescriptionFile.read(file, channels).size());
      if (picture.get().isOpen(size)) {
        ui.execute(() -> question.set(Optional.of(new SizeQuestion(file, picture.get()))));
        return;
      }
    }
    try {
      Model model = importer.open(file, new ImportOptions(chosen), monitor);
      monitor.checkCancelled();
      ui.execute(() -> whenOpened.accept(new NetworkChoice.Imported(file, model, picture)));
    } catch (UnsupportedModelException e) {
      Refusal refused = new Refusal(file.getFileName().toString(), e.uses());
      ui.execute(
          () -> {
            banner.show(refused.sentence());
            refusal.set(Optional.of(refused));
          });
    }
  }

  /** Returns what is known of how pictures become the input of a model. */
  public static ModelDescription description(NetworkChoice.Imported imported) {
    Model model = imported.model();
    var input = model.graph().input();
    boolean fixed =
        imported
            .picture()
            .map(
                picture ->
                    picture.height().equals(OptionalInt.of(input.height()))
                        && picture.width().equals(OptionalInt.of(input.width())))
            .orElse(true);
    return new ModelDescription(
        model.encoding(),
        fixed ? InputSize.AS_IN_FILE : InputSize.of(input.height(), input.width()),
        model.labels());
  }

  /**
   * Writes a description beside the model's file and uses it. The network is read again only if its
   * size changes.
   */
  public void describe(NetworkChoice.Imported imported, ModelDescription description) {
    InputSize before = description(imported).size();
    start(
        imported.file(),
        monitor -> {
          write(imported.file(), description);
          if (before.equals(description.size())) {
            Model model = imported.model();
            Model described =
                new Model(
                    model.id(),
                    model.graph(),
                    description.encoding(),
                    description.labels(),
                    model.weights());
            ui.execute(
                () ->
                    whenOpened.accept(
                        new NetworkChoice.Imported(
                            imported.file(), described, imported.picture())));
          } else {
            read(imported.file(), InputSize.AS_IN_FILE, monitor);
          }
        });
  }

  private static void write(Path file, ModelDescription description) throws ModelFileException {
    try {
      DescriptionFile.write(file, description);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot write %s: %s. Maybe its folder is read-only."
              .formatted(DescriptionFile.beside(file), e.getMessage()),
          e);
    }
  }

  /** What a file leaves open; empty if nothing is asked. */
  public ReadOnlyObjectProperty<Optional<SizeQuestion>> questionProperty() {
    return question.getReadOnlyProperty();
  }

  /** Why the last file was refused; empty if it was not. */
  public ReadOnlyObjectProperty<Optional<Refusal>> refusalProperty() {
    return refusal.getReadOnlyProperty();
  }
}
