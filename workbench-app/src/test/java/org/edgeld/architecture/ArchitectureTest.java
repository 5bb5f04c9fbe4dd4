package org.edgeld.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How packages of all modules may depend on each other. */
@AnalyzeClasses(packages = "org.edgeld", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PLANNING = {
    "..workbench.plan..",
    "..workbench.planner..",
    "..workbench.compare..",
    "..workbench.explain..",
    "..workbench.split..",
    "..workbench.fusion..",
    "..workbench.cost..",
    "..workbench.link..",
    "..workbench.simulate.."
  };

  @ArchTest
  static final ArchRule onlyTheWindowKnowsJavaFx =
      noClasses()
          .that()
          .resideOutsideOfPackage("..workbench.ui..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx..", "org.jfree.fx..", "org.jfree.chart.fx..")
          .because("the core and the command line run on machines without JavaFX");

  @ArchTest
  static final ArchRule onlyEngineAndTrainingKnowDjl =
      noClasses()
          .that()
          .resideOutsideOfPackages("..agent.engine.djl..", "org.edgeld.samples.training..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..")
          .because(
              "older boards need another version of DJL, behind the same TileEngine; training is"
                  + " done on a desktop");

  @ArchTest
  static final ArchRule onlyCodecsKnowCompression =
      noClasses()
          .that()
          .resideOutsideOfPackage("..agent.codec..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.luben..")
          .because("a precision is a codec; nobody else shall know how its bytes come about");

  @ArchTest
  static final ArchRule onlyWireAndTransportKnowKryo =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.edgeld.wire..", "org.edgeld.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.esotericsoftware..")
          .because("KryoNet's hardening lives in one place and messages stay plain data");

  @ArchTest
  static final ArchRule theWorkbenchReachesAgentsOverTheNetwork =
      noClasses()
          .that()
          .resideInAPackage("..workbench..")
          .and()
          .resideOutsideOfPackage("..workbench.cluster.local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.edgeld.agent..")
          .because(
              "a board runs another process; only the local cluster names the agent's main class");

  @ArchTest
  static final ArchRule agentsKnowNeitherWorkbenchNorSampleModels =
      noClasses()
          .that()
          .resideInAPackage("org.edgeld.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..workbench..", "org.edgeld.samples..")
          .because("the network travels to the agent, so a new model needs no new agent");

  @ArchTest
  static final ArchRule theProtocolKnowsNeitherSide =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.edgeld.model..",
              "org.edgeld.geometry..",
              "org.edgeld.program..",
              "org.edgeld.message..",
              "org.edgeld.wire..",
              "org.edgeld.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..workbench..", "org.edgeld.agent..")
          .because("it is what both sides mean");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("org.edgeld.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package must be understandable without what builds on it");

  @ArchTest
  static final ArchRule windowAndCommandLineAreOnTop =
      noClasses()
          .that()
          .resideInAPackage("..workbench.*..")
          .and()
          .resideOutsideOfPackages("..workbench.ui..", "..workbench.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..workbench.ui..", "..workbench.cli..")
          .because("whatever a user can do is core code that two front ends call");

  @ArchTest
  static final ArchRule runningDoesNotKnowExperiments =
      noClasses()
          .that()
          .resideInAPackage("..workbench.run..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..workbench.experiment..")
          .because("an experiment is many runs");

  @ArchTest
  static final ArchRule onlyFrontEndsKnowExperiments =
      noClasses()
          .that()
          .resideInAPackage("..workbench.*..")
          .and()
          .resideOutsideOfPackages(
              "..workbench.experiment..", "..workbench.ui..", "..workbench.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..workbench.experiment..")
          .because("a sweep is on top of what it repeats, and tables and charts are data");

  @ArchTest
  static final ArchRule planningDoesNotKnowRunning =
      noClasses()
          .that()
          .resideInAnyPackage(PLANNING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..workbench.run..", "..workbench.experiment..", "..workbench.results..")
          .because("a plan is made from profiles, long before anything runs");

  @ArchTest
  static final ArchRule planningIsPure =
      noClasses()
          .that()
          .resideInAnyPackage(PLANNING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..",
              "java.nio..",
              "java.util.concurrent..",
              "java.time..",
              "org.edgeld.transport..",
              "org.edgeld.wire..")
          .because(
              "the same request must give the same plan, without clock or network; and threads are"
                  + " SideBySide's, whose results do not depend on who is done first");

  @ArchTest
  static final ArchRule strategiesDoNotKnowThePlanner =
      noClasses()
          .that()
          .resideInAnyPackage("..workbench.split..", "..workbench.fusion..", "..workbench.cost..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..workbench.planner..", "..workbench.simulate..")
          .because("a strategy is one file that the planner finds");

  @ArchTest
  static final ArchRule viewModelsHaveNoControls =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javafx.scene..")
          .because("state and commands of a view are tested without a window")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule messagesAreData =
      classes()
          .that()
          .resideInAPackage("org.edgeld.message")
          .and()
          .doNotHaveSimpleName("package-info")
          .should(be(data()))
          .because("a message has neither behaviour nor subclasses that a peer could choose");

  private static DescribedPredicate<JavaClass> data() {
    return DescribedPredicate.describe(
        "records, enums or interfaces that are sealed or handle sealed ones",
        type ->
            type.isRecord()
                || type.isEnum()
                || (type.isInterface()
                    && (type.reflect().isSealed() || type.getSimpleName().equals("Handler"))));
  }

  @ArchTest
  static final ArchRule operatorsAndStepsAreRecords =
      classes()
          .that(resideInAPackage("org.edgeld.model").or(resideInAPackage("org.edgeld.program")))
          .and()
          .areAssignableTo(
              DescribedPredicate.describe(
                  "operators or steps",
                  type ->
                      type.isAssignableTo("org.edgeld.model.Operator")
                          || type.isAssignableTo("org.edgeld.program.Step")))
          .and()
          .areNotInterfaces()
          .should()
          .beRecords()
          .because("programs are compared, sent and stored as values");
}
