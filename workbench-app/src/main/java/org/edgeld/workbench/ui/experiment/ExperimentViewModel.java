package org.edgeld.workbench.ui.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.edgeld.program.Precision;
import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;

/** The researcher's choices; {@link #optionsProperty} changes once for each change of mind. */
public final class ExperimentViewModel {
  /** Deepest fusion the slider offers. */
  public static final int MAX_DEPTH = 8;

  private static final String FAVOURITE_STRATEGY = "ocbp";

  private final ObservableList<NetworkChoice> models = FXCollections.observableArrayList();
  private final ObservableList<NetworkChoice> shownModels =
      FXCollections.unmodifiableObservableList(models);
  private final List<SplitStrategy> strategies;
  private final List<Scheme> schemes;
  private final ObjectProperty<NetworkChoice> model;
  private final IntegerProperty inputSize;
  private final ObjectProperty<SplitStrategy> strategy;
  private final StrategyOptionsViewModel strategyOptions = new StrategyOptionsViewModel();
  private final ObjectProperty<FusionKind> fusion =
      new SimpleObjectProperty<>(FusionKind.BETWEEN_POOLS);
  private final IntegerProperty depth = new SimpleIntegerProperty(3);
  private final ObjectProperty<Routing> routing = new SimpleObjectProperty<>(Routing.PEER);
  private final ObjectProperty<Overlap> overlap = new SimpleObjectProperty<>(Overlap.AUTO);
  private final ObjectProperty<HeadRole> headRole = new SimpleObjectProperty<>(HeadRole.WORKER);
  private final ObjectProperty<Precision> precision = new SimpleObjectProperty<>(Precision.FLOAT32);
  private final BooleanProperty poolsOnHead = new SimpleBooleanProperty(false);
  private final ObjectProperty<Optional<Scheme>> scheme =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<LoadedPlan>> loaded =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final IntegerProperty warmup = new SimpleIntegerProperty(2);
  private final IntegerProperty repeats = new SimpleIntegerProperty(10);
  private final BatchViewModel batch = new BatchViewModel();
  private final ReadOnlyObjectWrapper<ExperimentOptions> options;
  private boolean applying;

  /**
   * @param models to choose from, at least one; VGG16 is chosen first if it is there
   * @param strategies to choose from, at least one
   * @param schemes published schemes
   */
  public ExperimentViewModel(
      List<SampleModel> models, List<SplitStrategy> strategies, List<Scheme> schemes) {
    models.stream().map(NetworkChoice.BuiltIn::new).forEach(this.models::add);
    this.strategies = List.copyOf(strategies);
    this.schemes = List.copyOf(schemes);
    NetworkChoice first =
        this.models.stream()
            .filter(m -> m.id().equals("vgg16"))
            .findFirst()
            .orElse(this.models.get(0));
    this.model = new SimpleObjectProperty<>(first);
    this.inputSize = new SimpleIntegerProperty(first.firstInputSize());
    this.strategy = new SimpleObjectProperty<>(strategyOf(FAVOURITE_STRATEGY));
    this.options = new ReadOnlyObjectWrapper<>(current());
    model.addListener((o, was, is) -> modelChanged(is));
    inputSize.addListener((o, was, is) -> otherNetwork());
    for (var property : List.of(strategy, fusion, depth, routing, overlap, headRole, poolsOnHead)) {
      property.addListener((o, was, is) -> changedByHand());
    }
    strategyOptions.chosenProperty().addListener((o, was, is) -> changedByHand());
    // who computes what, and so a scheme or a loaded plan, stays as it is
    precision.addListener((o, was, is) -> publish());
    scheme.addListener((o, was, is) -> apply(is));
  }

  private SplitStrategy strategyOf(String id) {
    return strategies.stream().filter(s -> s.id().equals(id)).findFirst().orElse(strategies.get(0));
  }

  private void modelChanged(NetworkChoice chosen) {
    boolean before = applying;
    applying = true;
    inputSize.set(chosen.firstInputSize());
    applying = before;
    otherNetwork();
  }

  private void otherNetwork() {
    if (!applying) {
      loaded.set(Optional.empty());
    }
    publish();
  }

  private void changedByHand() {
    if (!applying) {
      applying = true;
      poolsOnHead.set(false);
      scheme.set(Optional.empty());
      loaded.set(Optional.empty());
      applying = false;
    }
    publish();
  }

  /**
   * Takes a plan from a file in place of planning, until another choice is made.
   *
   * @throws InfeasiblePlanException if it was made by a strategy or fusion rule that is not known
   */
  public void take(LoadedPlan plan) throws InfeasiblePlanException {
    Method made = plan.plan().method();
    SplitStrategy maker = new SplitStrategies(strategies).find(made.strategy(), made.options());
    FusionRules.load().find(made.fusion());
    applying = true;
    scheme.set(Optional.empty());
    show(maker, made);
    loaded.set(Optional.of(plan));
    applying = false;
    publish();
  }

  /** Plans anew with the choices that the plan from a file was made for. */
  public void planAnew() {
    loaded.set(Optional.empty());
    publish();
  }

  private void apply(Optional<Scheme> chosen) {
    if (applying) {
      return;
    }
    applying = true;
    loaded.set(Optional.empty());
    poolsOnHead.set(false);
    overlap.set(Overlap.AUTO);
    chosen.ifPresent(preset -> show(strategyOf(preset.strategy()), preset.apply(method())));
    applying = false;
    publish();
  }

  /** Shows everything but the precision. */
  private void show(SplitStrategy maker, Method method) {
    strategy.set(maker);
    strategyOptions.replace(method.strategy(), method.options());
    showFusion(method.fusion());
    routing.set(method.routing());
    headRole.set(method.headRole());
    overlap.set(method.overlap());
    poolsOnHead.set(method.poolsOnHead());
  }

  private void showFusion(String id) {
    for (FusionKind kind : FusionKind.values()) {
      if (kind != FusionKind.DEPTH && kind.id(0).equals(id)) {
        fusion.set(kind);
        return;
      }
    }
    fusion.set(FusionKind.DEPTH);
    depth.set(Integer.parseInt(id));
  }

  private void publish() {
    if (!applying) {
      options.set(current());
    }
  }

  private ExperimentOptions current() {
    return new ExperimentOptions(model.get(), inputSize.get(), method(), loaded.get());
  }

  private Method method() {
    return new Method(
        strategy.get().id(),
        strategyOptions.of(strategy.get()),
        fusion.get().id(depth.get()),
        poolsOnHead.get(),
        routing.get(),
        headRole.get(),
        overlap.get(),
        precision.get());
  }

  /** Networks to choose from: those of the catalogue, then those that were opened. */
  public ObservableList<NetworkChoice> models() {
    return shownModels;
  }

  /** Adds a network from a file, in place of an earlier one from there, and chooses it. */
  public void choose(NetworkChoice.Imported opened) {
    List<NetworkChoice> now = new ArrayList<>(models);
    now.removeIf(m -> m instanceof NetworkChoice.Imported i && i.file().equals(opened.file()));
    now.add(opened);
    models.setAll(now);
    model.set(opened);
  }

  public List<SplitStrategy> strategies() {
    return strategies;
  }

  public List<Scheme> schemes() {
    return schemes;
  }

  /** Returns the title of a strategy, or its id if it is unknown. */
  public String strategyTitle(String id) {
    return strategies.stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .map(SplitStrategy::title)
        .orElse(id);
  }

  public ObjectProperty<NetworkChoice> modelProperty() {
    return model;
  }

  /**
   * Sets the input size.
   *
   * @return what is wrong with it, in a sentence; empty if it was set
   */
  public Optional<String> chooseInputSize(String text) {
    try {
      int size = Integer.parseInt(text.trim());
      model.get().sizes().ifPresent(sizes -> sizes.check(model.get().id(), size));
      inputSize.set(size);
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of(
          "The input size (" + text + ") is not a number. Maybe use " + inputSize.get() + ".");
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  public IntegerProperty inputSizeProperty() {
    return inputSize;
  }

  public ObjectProperty<SplitStrategy> strategyProperty() {
    return strategy;
  }

  /** What is chosen about the strategies. */
  public StrategyOptionsViewModel strategyOptions() {
    return strategyOptions;
  }

  public ObjectProperty<FusionKind> fusionProperty() {
    return fusion;
  }

  public IntegerProperty depthProperty() {
    return depth;
  }

  public ObjectProperty<Routing> routingProperty() {
    return routing;
  }

  /** Whether strips are computed in parts. */
  public ObjectProperty<Overlap> overlapProperty() {
    return overlap;
  }

  public ObjectProperty<HeadRole> headRoleProperty() {
    return headRole;
  }

  /** How the values of slices travel; no scheme and no plan from a file says it. */
  public ObjectProperty<Precision> precisionProperty() {
    return precision;
  }

  /** The published scheme in force; empty when the researcher chooses freely. */
  public ObjectProperty<Optional<Scheme>> schemeProperty() {
    return scheme;
  }

  /** The plan from a file that is in force; empty while plans are made. */
  public ReadOnlyObjectProperty<Optional<LoadedPlan>> loadedProperty() {
    return loaded.getReadOnlyProperty();
  }

  /** The frames of a repeat. */
  public BatchViewModel batch() {
    return batch;
  }

  /** Repeats of each configuration before measuring. */
  public IntegerProperty warmupProperty() {
    return warmup;
  }

  /** Measured repeats of each configuration. */
  public IntegerProperty repeatsProperty() {
    return repeats;
  }

  public ReadOnlyObjectProperty<ExperimentOptions> optionsProperty() {
    return options.getReadOnlyProperty();
  }
}
