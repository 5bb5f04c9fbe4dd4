package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.ui.experiment.ExperimentOptions;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.JobViewModel;

/**
 * Designs a sweep: what the form means is read anew after every change, with what is wrong and how
 * long it may take. Used on the window's thread.
 */
public final class DesignViewModel {
  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

  private final SweepTools tools;
  private final JobViewModel job;
  private final BannerViewModel banner;
  private final Executor ui;
  private final SweepForm form;
  private final DraftReading reading;
  private final ReadOnlyObjectWrapper<Optional<Given>> given =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final StringProperty folder = new SimpleStringProperty("");
  private boolean entered;
  private boolean filling;

  DesignViewModel(
      SweepTools tools,
      JobViewModel job,
      BannerViewModel banner,
      Executor background,
      Executor ui) {
    this.tools = tools;
    this.job = job;
    this.banner = banner;
    this.ui = ui;
    this.reading = new DraftReading(tools, background, ui, banner);
    this.form =
        new SweepForm(
            tools.strategies().all(), tools.schemes(), tools.fusions().all(), this::changed);
    suggestFolder();
  }

  /**
   * Offers the window's networks; the first time the form begins with what the window measures.
   *
   * @param networks that may be measured
   * @param options what is chosen in the window
   */
  public void enter(List<NetworkChoice> networks, ExperimentOptions options) {
    networks.forEach(network -> FormBeginning.offer(form, network));
    if (!entered) {
      entered = true;
      fill(() -> FormBeginning.fill(form, options));
    }
  }

  /** Lets a network be measured, too: it was just opened. */
  public void choose(NetworkChoice network) {
    FormBeginning.choose(form, network);
  }

  /** Suggests a folder that nothing was measured into yet. */
  void suggestFolder() {
    folder.set(tools.folder().resolve(FOLDER.format(LocalDateTime.now(tools.clock()))).toString());
  }

  /** Makes several changes and reads the form once. */
  public void fill(Runnable changes) {
    filling = true;
    changes.run();
    filling = false;
    changed();
  }

  private void changed() {
    if (!filling) {
      reading.read(given.get(), SpecDraft.of(form));
    }
  }

  /** Tells whether the design is what the form says, and not what it said before. */
  boolean isCurrent() {
    return reading.isCurrent();
  }

  /** Opens a specification. What the form cannot say is measured as the file says. */
  public void open(Path file) {
    job.start(
        "Opening " + file.getFileName() + "…",
        monitor -> {
          SpecCheck own = new SpecCheck(tools);
          SweepSpec spec = own.read(file);
          ObjectNode json = JsonTree.read(file);
          ui.execute(() -> show(file, json, spec, own));
        });
  }

  private void show(Path file, ObjectNode json, SweepSpec spec, SpecCheck own) {
    given.set(Optional.empty());
    fill(
        () -> {
          boolean said = SpecDraft.fill(form, json) && means(spec, own);
          if (said) {
            FormMethods.shorten(form, () -> means(spec, own));
          } else {
            give(
                new Given(
                    file.getFileName().toString(),
                    "This specification has more than one grid, or says things that this page has"
                        + " no fields for. It is measured as it is in the file.",
                    spec,
                    Optional.empty()));
          }
        });
  }

  /** Tells whether the form says the same, in whatever order. */
  private boolean means(SweepSpec spec, SpecCheck own) {
    try {
      return FormMethods.same(own.read(SpecDraft.of(form)), spec);
    } catch (JsonDefectException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Takes the measurements of the paper, on the devices that the form names. */
  public void paper(boolean quick) {
    List<String> agents =
        form.onAgentsProperty().get()
            ? SpecDraft.words(form.text(SpecField.AGENTS).get())
            : List.of();
    if (form.onAgentsProperty().get() && agents.isEmpty()) {
      banner.show(
          "No agent is named for the paper's measurements. Maybe type the addresses of five, or"
              + " choose devices that are emulated here.");
      return;
    }
    paper(quick, agents);
  }

  /** Takes the measurements of the paper, on emulated devices or on the agents that are named. */
  public void paper(boolean quick, List<String> agents) {
    try {
      give(Given.paper(quick, agents));
    } catch (IllegalArgumentException e) {
      banner.show(e.getMessage());
    }
  }

  /** Measures a specification as it is. */
  private void give(Given fixed) {
    given.set(Optional.of(fixed));
    changed();
  }

  /** Goes back to the form. */
  public void useForm() {
    given.set(Optional.empty());
    changed();
  }

  /** Writes the specification, for the command line or to open it again. */
  public void save(Path file) {
    Optional<SweepSpec> spec = designProperty().get().spec();
    if (spec.isEmpty()) {
      banner.show("The sweep cannot be saved while something is wrong with it. Maybe mend that.");
      return;
    }
    ObjectNode json = given.get().isPresent() ? SpecJson.of(spec.get()) : SpecDraft.of(form);
    try {
      JsonFile.write(file, json);
    } catch (IOException e) {
      banner.show(Failures.sentence(e));
    }
  }

  /** Returns a new method, to be written and put among those of the form. */
  MethodViewModel newMethod() {
    return method(Optional.empty(), MethodViewModel.beginning(tools.strategies()));
  }

  /** Returns a method of the form, to be changed. */
  MethodViewModel changed(ObjectNode method) {
    return method(Optional.of(method), OwnMethod.of(method));
  }

  /** Returns a new method that begins as one of the form. */
  MethodViewModel copied(ObjectNode method) {
    return method(Optional.empty(), OwnMethod.of(method).unnamed());
  }

  private MethodViewModel method(Optional<ObjectNode> edited, OwnMethod beginning) {
    return new MethodViewModel(tools.strategies(), form.ownMethods(), edited, beginning);
  }

  /** Returns the name of a strategy in the window. */
  String titleOf(String strategy) {
    return form.strategies().stream()
        .filter(option -> option.id().equals(strategy))
        .findFirst()
        .map(Option::title)
        .orElse(strategy);
  }

  /** What is typed and chosen. */
  public SweepForm form() {
    return form;
  }

  /** What the form means. */
  public ReadOnlyObjectProperty<Design> designProperty() {
    return reading.designProperty();
  }

  /** What is measured in place of the form's; empty if the form is. */
  public ReadOnlyObjectProperty<Optional<Given>> givenProperty() {
    return given.getReadOnlyProperty();
  }

  /** The folder for everything measured, new or empty. */
  public StringProperty folderProperty() {
    return folder;
  }
}
