package org.edgeld.workbench.ui.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.widget.Segments;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.ui.widget.WrappingBar;

/** The row of choices; it breaks into as many lines as the window's width needs. */
public final class ToolbarView extends HBox {
  private static final List<Integer> USUAL_SIZES = List.of(96, 160, 224, 320, 448);
  private static final double GAP = 10;

  private final ExperimentViewModel experiment;
  private final BannerViewModel banner;

  /**
   * @param experiment the choices
   * @param input the picture
   * @param banner shows what is wrong with an entry
   * @param modelActions what stands beside the model: opening files and describing them
   * @param actions run, cancel, export and what else stands at the right
   */
  public ToolbarView(
      ExperimentViewModel experiment,
      InputViewModel input,
      BannerViewModel banner,
      Node modelActions,
      Node actions) {
    this.experiment = experiment;
    this.banner = banner;
    getStyleClass().add("toolbar");
    setAlignment(Pos.BOTTOM_LEFT);
    WrappingBar fields = new WrappingBar(GAP, 8);
    fields
        .getChildren()
        .addAll(
            Widgets.field("Model", Widgets.row(6, models(), sizes(), modelActions)),
            Widgets.field("Scheme", schemes()));
    new StrategyFields(
            experiment.strategies(),
            experiment.strategyProperty(),
            experiment.strategyOptions(),
            "")
        .addTo(fields.getChildren());
    fields
        .getChildren()
        .addAll(
            Widgets.field("Routing", routing()),
            OverlapField.of(experiment),
            Widgets.field("Precision", new PrecisionField(experiment)),
            Widgets.field("Head", head()),
            new FusionField(experiment),
            Widgets.field("Input", new InputMenu(input)),
            Widgets.row(
                6, Widgets.field("Repeats", repeats()), new BatchFields(experiment.batch())));
    fields.end(actions);
    HBox.setHgrow(fields, Priority.ALWAYS);
    getChildren().add(fields);
  }

  private Node models() {
    ComboBox<NetworkChoice> box = new ComboBox<>();
    box.setId("model");
    box.getItems().setAll(experiment.models());
    box.setConverter(names(NetworkChoice::title));
    box.setCellFactory(
        list ->
            new ListCell<>() {
              @Override
              protected void updateItem(NetworkChoice item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty ? null : item.title());
                setTooltip(empty ? null : Widgets.tooltip(item.description()));
              }
            });
    box.valueProperty().bindBidirectional(experiment.modelProperty());
    experiment
        .models()
        .addListener(
            (ListChangeListener<NetworkChoice>)
                change -> {
                  // a box that loses its items would choose another one by itself
                  box.valueProperty().unbindBidirectional(experiment.modelProperty());
                  box.getItems().setAll(experiment.models());
                  box.valueProperty().bindBidirectional(experiment.modelProperty());
                });
    box.setPrefWidth(134);
    box.tooltipProperty()
        .bind(experiment.modelProperty().map(m -> Widgets.tooltip(m.description())));
    return box;
  }

  private Node sizes() {
    ComboBox<String> box = new ComboBox<>();
    box.setId("input-size");
    box.setEditable(true);
    box.setPrefWidth(74);
    box.setTooltip(
        Widgets.tooltip("Side length of the square input, in pixels. Any size that fits works."));
    Runnable show =
        () -> {
          NetworkChoice model = experiment.modelProperty().get();
          List<String> usual = new ArrayList<>();
          for (int size : USUAL_SIZES) {
            if (model.sizes().map(sizes -> sizes.contains(size)).orElse(false)) {
              usual.add(Integer.toString(size));
            }
          }
          box.setDisable(model.sizes().isEmpty());
          box.getItems().setAll(usual);
          box.setValue(sizeWords());
        };
    experiment.modelProperty().addListener((o, was, is) -> show.run());
    experiment.inputSizeProperty().addListener((o, was, is) -> box.setValue(sizeWords()));
    show.run();
    box.valueProperty()
        .addListener(
            (o, was, is) -> {
              if (is != null && !is.equals(sizeWords())) {
                experiment
                    .chooseInputSize(is)
                    .ifPresentOrElse(
                        sentence -> {
                          banner.show(sentence);
                          box.setValue(was);
                        },
                        banner::dismiss);
              }
            });
    return box;
  }

  private String sizeWords() {
    return experiment.modelProperty().get().sizeWords(experiment.inputSizeProperty().get());
  }

  private Node schemes() {
    List<Segments.Segment<Optional<Scheme>>> segments = new ArrayList<>();
    segments.add(
        new Segments.Segment<>(
            Optional.empty(),
            "scheme-custom",
            "Custom",
            "Free choice of strategy, fusion, routing and the head's role."));
    for (Scheme scheme : experiment.schemes()) {
      segments.add(
          new Segments.Segment<>(
              Optional.of(scheme), "scheme-" + scheme.id(), scheme.title(), scheme.explanation()));
    }
    return new Segments<>(experiment.schemeProperty(), segments);
  }

  private Node routing() {
    return new Segments<>(
        experiment.routingProperty(),
        List.of(
            new Segments.Segment<>(
                Routing.HEAD,
                "routing-head",
                "Head",
                "Between two blocks the head gathers everything and scatters what each device"
                    + " needs, as in EdgeLD."),
            new Segments.Segment<>(
                Routing.PEER,
                "routing-peer",
                "Peer",
                "Each device sends the rows that others need straight to them: far fewer bytes"
                    + " travel.")));
  }

  private Node head() {
    return new Segments<>(
        experiment.headRoleProperty(),
        List.of(
            new Segments.Segment<>(
                HeadRole.WORKER, "head-worker", "Worker", "The head computes strips, too."),
            new Segments.Segment<>(
                HeadRole.LEADER,
                "head-leader",
                "Leader",
                "The head only splits, merges and runs what cannot be split, as EdgeLD's group"
                    + " leader.")));
  }

  private Node repeats() {
    ComboBox<Integer> repeats = new ComboBox<>();
    repeats.setId("repeats");
    repeats.getItems().setAll(3, 5, 10, 20, 30, 50, 100);
    repeats.setPrefWidth(70);
    repeats.setValue(experiment.repeatsProperty().get());
    repeats
        .valueProperty()
        .addListener((o, was, is) -> experiment.repeatsProperty().set(is.intValue()));
    repeats
        .tooltipProperty()
        .bind(
            Bindings.createObjectBinding(
                () ->
                    Widgets.tooltip(
                        "Measured repeats of the plan and of each baseline, after %d repeats of"
                                .formatted(experiment.warmupProperty().get())
                            + " warm-up."),
                experiment.warmupProperty()));
    return repeats;
  }

  /** Names the items of a list. */
  static <T> StringConverter<T> names(Function<T, String> name) {
    return new StringConverter<>() {
      @Override
      public String toString(T value) {
        return value == null ? "" : name.apply(value);
      }

      @Override
      public T fromString(String text) {
        throw new UnsupportedOperationException("The list is not editable.");
      }
    };
  }
}
