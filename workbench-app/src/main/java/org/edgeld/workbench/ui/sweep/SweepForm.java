package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.edgeld.program.Precision;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.OverlapWords;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.words.PrecisionWords;

/**
 * What is typed and chosen in the designer, right or wrong. One grid; {@link SpecDraft} makes a
 * specification of it. Used on the window's thread.
 */
public final class SweepForm {
  /** The fields in which something is typed. */
  static final List<SpecField> TYPED =
      List.of(
          SpecField.NAME,
          SpecField.AGENTS,
          SpecField.DEVICES,
          SpecField.CPU_SHARES,
          SpecField.LINK_MBPS,
          SpecField.LINK_DELAY,
          SpecField.BATCHES,
          SpecField.WARMUP,
          SpecField.REPEATS,
          SpecField.ROUNDS,
          SpecField.SEED,
          SpecField.COOL_DOWN,
          SpecField.TIME_LIMIT);

  private final Map<SpecField, StringProperty> texts = new EnumMap<>(SpecField.class);
  private final ObservableList<ModelOption> models = FXCollections.observableArrayList();
  private final List<Option> strategies;
  private final List<Option> fusions;
  private final List<Option> routings =
      List.of(
          new Option(
              Routing.HEAD.id(), "Head", "Between two blocks the head gathers and scatters."),
          new Option(Routing.PEER.id(), "Peer", "Devices send rows straight to each other."));
  private final List<Option> overlaps =
      Stream.of(Overlap.values())
          .map(o -> new Option(o.id(), OverlapWords.title(o), OverlapWords.of(o)))
          .toList();
  private final List<Option> precisions =
      Stream.of(Precision.values())
          .map(p -> new Option(p.id(), p.id(), PrecisionWords.of(p)))
          .toList();
  private final StringProperty depths = new SimpleStringProperty("");
  private final ObservableList<ObjectNode> ownMethods = FXCollections.observableArrayList();
  private final ObjectProperty<HeadRole> headRole = new SimpleObjectProperty<>(HeadRole.WORKER);
  private final BooleanProperty poolsOnHead = new SimpleBooleanProperty();
  private final BooleanProperty noiseFloor = new SimpleBooleanProperty(true);
  private final BooleanProperty onAgents = new SimpleBooleanProperty();
  private final Runnable changed;

  /**
   * @param changed called after every change
   */
  SweepForm(
      List<SplitStrategy> strategies,
      List<Scheme> schemes,
      List<FusionRule> fusions,
      Runnable changed) {
    this.changed = changed;
    this.strategies =
        Stream.concat(
                strategies.stream().map(s -> new Option(s.id(), s.title(), s.explanation())),
                schemes.stream().map(s -> new Option(s.id(), s.title(), s.explanation())))
            .toList();
    this.fusions =
        fusions.stream().map(f -> new Option(f.id(), f.title(), f.explanation())).toList();
    for (SpecField field : TYPED) {
      texts.put(field, watched(new SimpleStringProperty("")));
    }
    for (Property<?> property : List.of(depths, headRole, poolsOnHead, noiseFloor, onAgents)) {
      watched(property);
    }
    overlaps.get(Overlap.OFF.ordinal()).chosenProperty().set(true);
    precisions.get(Precision.FLOAT32.ordinal()).chosenProperty().set(true);
    Stream.of(this.strategies, this.fusions, routings, overlaps, precisions)
        .flatMap(List::stream)
        .forEach(option -> watched(option.chosenProperty()));
    ownMethods.addListener((ListChangeListener<ObjectNode>) change -> changed.run());
  }

  private <P extends Property<?>> P watched(P property) {
    property.addListener((o, was, is) -> changed.run());
    return property;
  }

  /** Returns what is typed into a field. */
  public StringProperty text(SpecField field) {
    return texts.get(field);
  }

  /** The networks to choose from. */
  public ObservableList<ModelOption> models() {
    return models;
  }

  /** Offers a network, unless one of that name is offered. */
  ModelOption offer(String name, String title, String explanation, String hint) {
    Optional<ModelOption> known = model(name);
    if (known.isPresent()) {
      return known.get();
    }
    ModelOption model = new ModelOption(new Option(name, title, explanation), hint);
    watched(model.option().chosenProperty());
    watched(model.sizes());
    models.add(model);
    return model;
  }

  private Optional<ModelOption> model(String name) {
    return models.stream().filter(model -> model.option().id().equals(name)).findFirst();
  }

  /** The strategies and schemes to choose from. */
  public List<Option> strategies() {
    return strategies;
  }

  /** The fusion rules to choose from, without depths. */
  public List<Option> fusions() {
    return fusions;
  }

  /** Depths of fusion, several with commas. */
  public StringProperty depthsProperty() {
    return depths;
  }

  /** The ways to choose from. */
  public List<Option> routings() {
    return routings;
  }

  /** Whether strips are computed in parts. */
  public List<Option> overlaps() {
    return overlaps;
  }

  /** How slices travel. */
  public List<Option> precisions() {
    return precisions;
  }

  /** Elements of {@code strategies} that say more than a name, as they stand in a file. */
  public ObservableList<ObjectNode> ownMethods() {
    return ownMethods;
  }

  public ObjectProperty<HeadRole> headRoleProperty() {
    return headRole;
  }

  public BooleanProperty poolsOnHeadProperty() {
    return poolsOnHead;
  }

  public BooleanProperty noiseFloorProperty() {
    return noiseFloor;
  }

  /** Whether agents that are named are measured on, in place of emulated ones on this computer. */
  public BooleanProperty onAgentsProperty() {
    return onAgents;
  }
}
