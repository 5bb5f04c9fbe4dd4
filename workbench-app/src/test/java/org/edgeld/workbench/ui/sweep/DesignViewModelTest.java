package org.edgeld.workbench.ui.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.program.Precision;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesignViewModelTest {
  @TempDir Path home;

  private final BannerViewModel banner = new BannerViewModel();
  private SweepTools tools;
  private DesignViewModel design;

  @BeforeEach
  void begin() {
    tools = new UiFixture(List.of()).sweepTools(home);
    design = fresh();
    design.fill(() -> fill(design.form()));
  }

  private DesignViewModel fresh() {
    JobViewModel job = new JobViewModel(Runnable::run, Runnable::run, banner);
    DesignViewModel made = new DesignViewModel(tools, job, banner, Runnable::run, Runnable::run);
    tools
        .models()
        .forEach(model -> made.form().offer(model.id(), model.title(), model.description(), ""));
    return made;
  }

  private static void fill(SweepForm form) {
    choose(form.models().stream().map(ModelOption::option).toList(), "fashion");
    choose(form.strategies(), "ocbp", "edgeld");
    choose(form.fusions(), "layer");
    form.depthsProperty().set("2");
    choose(form.routings(), "head", "peer");
    form.text(SpecField.NAME).set("Try");
    form.text(SpecField.DEVICES).set("1, 2 3");
    form.text(SpecField.CPU_SHARES).set("0.2");
    form.text(SpecField.LINK_MBPS).set("100, 1000");
    form.text(SpecField.BATCHES).set("1, 8/4");
    form.text(SpecField.REPEATS).set("3");
  }

  private static void choose(List<Option> options, String... ids) {
    options.forEach(option -> option.chosenProperty().set(List.of(ids).contains(option.id())));
  }

  private Design now() {
    return design.designProperty().get();
  }

  @Test
  void unequalDevicesAreWrittenWithSlashesAndReadBack() {
    design.fill(
        () -> {
          design.form().text(SpecField.CPU_SHARES).set("0.2/0.1");
          design.form().text(SpecField.LINK_MBPS).set("1000/100, 100");
        });
    SweepSpec spec = now().spec().orElseThrow();
    assertThat(spec.boards())
        .hasToString("[share 0.2/0.1, 1000/100 Mbit/s, share 0.2/0.1, 100 Mbit/s]");
    SweepForm again = fresh().form();
    assertThat(SpecDraft.fill(again, SpecJson.of(spec))).isTrue();
    assertThat(again.text(SpecField.CPU_SHARES).get()).isEqualTo("0.2/0.1");
    assertThat(again.text(SpecField.LINK_MBPS).get()).isEqualTo("1000/100, 100");
    design.fill(() -> design.form().text(SpecField.LINK_MBPS).set("1000 / 100 100"));
    assertThat(now().spec()).as("with spaces").contains(spec);
    design.fill(() -> design.form().text(SpecField.LINK_MBPS).set("1000/, 100"));
    assertThat(now().problems().get(SpecField.LINK_MBPS))
        .contains("linkMbps[0][1] (\"\") is no number");
  }

  private SweepSpec spec() {
    return now().spec().orElseThrow(() -> new AssertionError(now()));
  }

  private SpecReader reader() {
    return tools.reader(tools.networks());
  }

  @Test
  void countsAndDurationFollowTheForm() {
    // 2 links × 3 numbers of devices × (ocbp × 2 fusions × 2 ways + a scheme) × 2 batches
    assertThat(spec().configurations()).hasSize(60);
    assertThat(now().size()).isEqualTo("62 trials of 60 configurations");
    double before = now().seconds().orElseThrow();
    design.form().text(SpecField.REPEATS).set("300");
    assertThat(now().seconds().orElseThrow()).isGreaterThan(2 * before);
    assertThat(now().duration()).startsWith("about ");
    assertThat(spec().grids().get(0).batches()).containsExactly(Batch.ONE, new Batch(8, 4));
  }

  @Test
  void aChangeIsReadAtOnceThoughADurationIsBeingEstimated() {
    AtomicInteger planned = new AtomicInteger();
    Planner interrupted =
        new Planner() {
          @Override
          public PlannedRun plan(PlanRequest request, JobMonitor monitor)
              throws InfeasiblePlanException, JobCancelledException {
            if (planned.incrementAndGet() == 1) {
              design.form().text(SpecField.DEVICES).set("a");
            }
            return tools.planner().plan(request, monitor);
          }

          @Override
          public PlannedRun predict(PlanRequest request, Plan plan, JobMonitor monitor) {
            throw new AssertionError("There is no plan.");
          }
        };
    QueuedExecutor background = new QueuedExecutor();
    JobViewModel job = new JobViewModel(background, Runnable::run, banner);
    SweepTools slow =
        new SweepTools(
            tools.directory(),
            tools.profiler(),
            interrupted,
            tools.runner(),
            tools.models(),
            tools.strategies(),
            tools.schemes(),
            tools.fusions(),
            tools.importer(),
            tools.folder(),
            tools.clock(),
            tools.nanoClock(),
            tools.speeds());
    design = new DesignViewModel(slow, job, banner, background, Runnable::run);
    tools
        .models()
        .forEach(model -> design.form().offer(model.id(), model.title(), model.description(), ""));
    design.fill(() -> fill(design.form()));
    background.runAll();
    assertThat(planned).as("estimates of the form before").hasValue(1);
    assertThat(design.isCurrent()).isTrue();
    assertThat(now().problems()).containsOnlyKeys(SpecField.DEVICES);
    design.form().text(SpecField.DEVICES).set("2");
    background.runAll();
    assertThat(planned).hasValueGreaterThan(2);
    assertThat(now().seconds()).isPresent();
  }

  @Test
  void whatIsWrongIsSaidAtEveryFieldInTheReadersSentence() throws Exception {
    SweepForm form = design.form();
    form.text(SpecField.DEVICES).set("2, 17");
    form.text(SpecField.CPU_SHARES).set("a lot");
    form.text(SpecField.BATCHES).set("4/8");
    choose(form.routings());
    assertThat(now().spec()).isEmpty();
    assertThat(now().problems())
        .isEqualTo(
            Map.of(
                SpecField.DEVICES,
                "devices[1] (17) is no whole number from 1 to 16. Maybe 1.",
                SpecField.CPU_SHARES,
                "cpuShares[0] (\"a\") is no number from 0.001 to 1.0. Maybe 0.001.",
                SpecField.BATCHES,
                "batches[0].inFlight (8) is no whole number from 1 to 4. Maybe 1.",
                SpecField.ROUTING,
                "routing is empty. Maybe name one."));
    Path file = home.resolve("wrong.json");
    Files.writeString(
        file, "{\"models\": [\"fashion\"], \"devices\": [2, 17], \"strategies\": [\"ocbp\"]}");
    try {
      reader().read(file);
      throw new AssertionError("read");
    } catch (JsonDefectException e) {
      assertThat(e.getMessage()).endsWith(": " + now().problems().get(SpecField.DEVICES));
    }
    form.text(SpecField.DEVICES).set("2");
    form.text(SpecField.CPU_SHARES).set("");
    form.text(SpecField.BATCHES).set("");
    choose(form.routings(), "peer");
    assertThat(now().problems()).isEmpty();
    assertThat(now().spec()).isPresent();
  }

  @Test
  void aSizeThatANetworkDoesNotHaveIsSaidAtTheNetworks() {
    ModelOption fashion = model(design, "fashion");
    fashion.sizes().set("28, 1");
    assertThat(now().problems()).containsOnlyKeys(SpecField.MODELS);
    assertThat(now().problems().get(SpecField.MODELS)).startsWith("models[0] (fashion 1×1): ");
  }

  private static ModelOption model(DesignViewModel of, String id) {
    return of.form().models().stream()
        .filter(model -> model.option().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCommandLineReadsWhatTheWindowWritesAndTheWindowOpensIt() throws Exception {
    Path file = home.resolve("spec.json");
    design.save(file);
    assertThat(reader().read(file)).isEqualTo(spec());
    DesignViewModel other = fresh();
    other.open(file);
    assertThat(other.designProperty().get().spec()).contains(spec());
    assertThat(other.form().text(SpecField.BATCHES).get()).isEqualTo("1, 8/4");
    assertThat(other.form().depthsProperty().get()).isEqualTo("2");
    assertThat(other.form().ownMethods()).isEmpty();
    assertThat(banner.shownProperty().get()).isFalse();
  }

  @Test
  void aSpecificationThatSaysEverythingFillsTheFormAsItWasTyped() throws Exception {
    choose(design.form().strategies(), "equal", "ocbp");
    design.form().depthsProperty().set("");
    choose(design.form().fusions(), "layer", "between-pools");
    model(design, "fashion").sizes().set("28");
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    folder.create(spec());
    DesignViewModel other = fresh();
    other.open(folder.spec());
    assertThat(other.givenProperty().get()).isEmpty();
    assertThat(other.form().ownMethods()).as("crossed again").isEmpty();
    assertThat(other.form().text(SpecField.LINK_MBPS).get()).isEqualTo("100, 1000");
    assertThat(FormMethods.same(other.designProperty().get().spec().orElseThrow(), spec()))
        .isTrue();
  }

  @Test
  void methodsWithOptionsAreKeptAsTheFileSays() throws Exception {
    Path file = home.resolve("spec.json");
    Files.writeString(
        file,
        """
        {"models": [{"model": "fashion", "inputSizes": [28]}], "devices": [2],
         "strategies": ["ocbp", {"strategy": "equal", "fusion": "3", "label": "mine"}]}
        """);
    design.open(file);
    assertThat(design.givenProperty().get()).isEmpty();
    assertThat(design.form().ownMethods()).hasSize(1);
    assertThat(spec()).isEqualTo(reader().read(file));
    design.form().ownMethods().clear();
    assertThat(spec().configurations()).hasSize(1);
  }

  @Test
  void methodsWithOptionsOfTheirOwnAreComparedCountedAndSaved() throws Exception {
    choose(design.form().strategies(), "equal");
    design.form().depthsProperty().set("");
    choose(design.form().routings(), "peer");
    int before = spec().configurations().size();
    double seconds = now().seconds().orElseThrow();
    add(design.newMethod(), "ftp", Map.of("grid", "2x2"));
    MethodViewModel again = design.copied(design.form().ownMethods().get(0));
    assertThat(again.accept())
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("same"));
    add(again, "ftp", Map.of("grid", "1x4"));
    MethodViewModel pairs = design.newMethod();
    pairs.choice(SpecField.PRECISION).set("int8");
    pairs.choice(SpecField.ROUTING).set("head");
    pairs.labelProperty().set("paired");
    add(pairs, "channels", Map.of("pairs", "on"));
    assertThat(spec().grids().get(0).methods())
        .extracting(NamedMethod::label)
        .containsExactly("equal", "ftp(grid=2x2)", "ftp(grid=1x4)", "paired");
    assertThat(spec().configurations()).hasSize(4 * before);
    assertThat(now().seconds().orElseThrow()).isGreaterThan(2 * seconds);
    Method paired = spec().grids().get(0).methods().get(3).method();
    assertThat(paired.options()).isEqualTo(Map.of("pairs", "on"));
    assertThat(paired.routing()).isEqualTo(Routing.HEAD);
    assertThat(paired.precision()).isEqualTo(Precision.INT8);
    assertThat(paired.fusion()).as("of the form").isEqualTo("layer");

    Path file = home.resolve("own.json");
    design.save(file);
    assertThat(JsonTree.read(file).get("strategies").toString())
        .isEqualTo(
            "[\"equal\",{\"strategy\":\"ftp\",\"options\":{\"grid\":\"2x2\"}},"
                + "{\"strategy\":\"ftp\",\"options\":{\"grid\":\"1x4\"}},"
                + "{\"label\":\"paired\",\"strategy\":\"channels\",\"options\":{\"pairs\":\"on\"},"
                + "\"routing\":\"head\",\"precision\":\"int8\"}]");
    DesignViewModel other = fresh();
    other.open(file);
    assertThat(other.form().ownMethods()).isEqualTo(design.form().ownMethods());
  }

  @Test
  void overlapsAreCrossedWithStrategiesAndComeBackFromAFile() throws Exception {
    assertThat(spec().grids().get(0).methods())
        .allMatch(named -> named.method().overlap() == Overlap.OFF);
    choose(design.form().overlaps(), "auto", "off");
    // 2 links × 3 numbers of devices × (ocbp × 2 fusions × 2 ways × 2 + a scheme) × 2 batches
    assertThat(spec().configurations()).hasSize(108);
    MethodViewModel always = design.newMethod();
    always.choice(SpecField.OVERLAP).set("on");
    add(always, "ocbp", Map.of());
    // once for each fusion and way
    assertThat(spec().grids().get(0).methods())
        .filteredOn(named -> named.method().overlap() == Overlap.ON)
        .hasSize(4)
        .allMatch(named -> named.label().endsWith("/overlap-on"));

    Path file = home.resolve("overlap.json");
    design.save(file);
    SweepSpec saved = spec();
    DesignViewModel other = fresh();
    other.open(file);
    assertThat(other.designProperty().get().spec()).contains(saved);
    assertThat(other.form().overlaps())
        .filteredOn(option -> option.chosenProperty().get())
        .extracting(Option::id)
        .containsExactly("auto", "off");
    MethodViewModel nothingTravels = design.newMethod();
    nothingTravels.choice(SpecField.OVERLAP).set("on");
    add(nothingTravels, "single", Map.of());
    assertThat(nothingTravels.json().toString()).isEqualTo("{\"strategy\":\"single\"}");
  }

  @Test
  void aMethodIsChangedInItsPlaceAndKeepsWhatThePageHasNoFieldFor() {
    ObjectNode first = OwnMethod.of("ftp").json().put("poolsOnHead", true);
    design.form().ownMethods().setAll(first, OwnMethod.of("manual").json());
    MethodViewModel method = design.changed(first);
    assertThat(method.isNew()).isFalse();
    add(method, "ftp", Map.of("grid", "3x1"));
    assertThat(design.form().ownMethods())
        .extracting(ObjectNode::toString)
        .containsExactly(
            "{\"strategy\":\"ftp\",\"options\":{\"grid\":\"3x1\"},\"poolsOnHead\":true}",
            "{\"strategy\":\"manual\"}");
    MethodViewModel wrong = design.changed(design.form().ownMethods().get(1));
    wrong.options().replace("manual", Map.of("rows", " "));
    assertThat(wrong.accept())
        .hasValueSatisfying(s -> assertThat(s).contains("rows of manual").contains("Maybe"));
    assertThat(design.form().ownMethods().get(1).toString()).isEqualTo("{\"strategy\":\"manual\"}");
  }

  private static void add(MethodViewModel method, String strategy, Map<String, String> options) {
    method.strategies().stream()
        .filter(known -> known.id().equals(strategy))
        .forEach(method.strategyProperty()::set);
    method.options().replace(strategy, options);
    assertThat(method.accept()).isEmpty();
  }

  @Test
  void severalGridsAreMeasuredAsTheFileSaysUntilTheFormIsWanted() throws Exception {
    Path file = home.resolve("spec.json");
    Files.writeString(
        file,
        """
        {"grids": [{"models": ["fashion"], "devices": [2], "strategies": ["ocbp"]},
                   {"models": ["fashion"], "devices": [3], "strategies": ["equal"]}]}
        """);
    SweepSpec before = spec();
    design.open(file);
    assertThat(design.givenProperty().get()).isPresent();
    assertThat(spec()).isEqualTo(reader().read(file));
    design.useForm();
    assertThat(spec()).isEqualTo(before);
  }

  @Test
  void convolutionsThatThePageHasNoFieldForAreTimedAndSavedAsTheFileSays() throws Exception {
    Path file = home.resolve("spec.json");
    Files.writeString(
        file,
        """
        {"models": ["fashion"], "devices": [2], "strategies": ["ocbp"],
         "convolutions": {"sizes": [28], "channels": [64], "seconds": 3}}
        """);
    design.open(file);
    assertThat(design.givenProperty().get()).isPresent();
    Path saved = home.resolve("saved.json");
    design.save(saved);
    SweepSpec again = reader().read(saved);
    assertThat(again.convolutions()).contains(new ConvolutionGrid(List.of(28), List.of(64), 3));
    assertThat(FormMethods.same(again, reader().read(file))).isTrue();
  }

  @Test
  void aFileThatIsNoSpecificationIsRefusedWithItsNameAndChangesNothing() throws Exception {
    Path file = home.resolve("spec.json");
    Files.writeString(file, "{\"models\": [\"fashon\"]}");
    SweepSpec before = spec();
    design.open(file);
    assertThat(banner.messageProperty().get())
        .startsWith("The sweep " + file + ": models[0] (\"fashon\") is not a model.")
        .contains("\"fashion\"");
    assertThat(spec()).isEqualTo(before);
  }

  @Test
  void thePaperIsOneChoiceWithItsDuration() {
    design.paper(true, List.of());
    Given given = design.givenProperty().get().orElseThrow();
    assertThat(given.reproduction().map(r -> r.spec())).isEqualTo(Optional.of(spec()));
    assertThat(now().seconds().orElseThrow()).isPositive();
    design.paper(true, List.of("pi1:7000"));
    assertThat(banner.messageProperty().get()).contains("EdgeLD needs a leader and a follower");
    design.useForm();
    assertThat(spec().name()).isEqualTo("Try");
  }

  @Test
  void thePaperIsMeasuredOnTheAgentsThatTheFormNames() {
    List<String> boards = List.of("pi1:7000", "pi2:7000", "pi3:7000", "pi4:7000", "pi5:7000");
    design.form().text(SpecField.AGENTS).set(String.join(", ", boards));
    design.paper(true);
    assertThat(spec().agents()).as("agents are not chosen").isEmpty();
    design.form().onAgentsProperty().set(true);
    design.paper(true);
    assertThat(spec().agents()).isEqualTo(boards);
    design.useForm();
    assertThat(banner.shownProperty().get()).isFalse();
    design.form().text(SpecField.AGENTS).set(" ");
    design.paper(true);
    assertThat(banner.messageProperty().get()).startsWith("No agent is named").contains("Maybe");
    assertThat(design.givenProperty().get()).isEmpty();
  }

  @Test
  void agentsTakeThePlaceOfEmulation() {
    design.form().text(SpecField.AGENTS).set("pi1:7000, pi2:7000, pi3:7000");
    design.form().onAgentsProperty().set(true);
    assertThat(spec().agents()).containsExactly("pi1:7000", "pi2:7000", "pi3:7000");
    design.form().text(SpecField.AGENTS).set("pi1:7000, pi2");
    assertThat(now().problems()).containsOnlyKeys(SpecField.AGENTS);
  }
}
