package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.edgeld.model.Model;
import org.edgeld.program.Precision;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.results.Environment;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.ValidationCsv;
import org.edgeld.workbench.results.ValidationJson;
import org.edgeld.workbench.validate.Validation;
import org.edgeld.workbench.validate.ValidationReport;
import org.edgeld.workbench.validate.ValidationRequest;
import org.edgeld.workbench.validate.ValidationRequest.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    description =
        "Compares predictions with measurements: starts emulated clusters on this computer, every"
            + " number of devices times every link, profiles, plans and runs on each, and prints"
            + " how far predictions were off.",
    footer = {
      "%nExamples:",
      "  workbench validate --csv validation.csv",
      "  workbench validate --model vgg16,net.onnx --devices 2,4 --link-mbps 20,200 \\",
      "      --strategy single,equal/layer,ocbp,joint --cpu-share 0.15 --json validation.json"
    })
final class ValidateCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      split = ",",
      description =
          "Names of models or paths of .onnx files, with commas between. Default:"
              + " vgg16,mobilenetv2,resnet18.")
  private List<String> models = new ArrayList<>(List.of("vgg16", "mobilenetv2", "resnet18"));

  @Mixin private InputSizeOptions size = new InputSizeOptions();

  @Option(
      names = "--devices",
      paramLabel = "N",
      split = ",",
      description = "Sizes of the clusters, with commas between. Default: 2,3,4.")
  private List<Integer> devices = new ArrayList<>(List.of(2, 3, 4));

  @Option(
      names = "--link-mbps",
      paramLabel = "R",
      split = ",",
      description = "Rates of every link in Mbit/s, with commas between. Default: 20,100,500.")
  private List<Double> linkMbps = new ArrayList<>(List.of(20.0, 100.0, 500.0));

  @Option(
      names = "--strategy",
      paramLabel = Contender.FORM,
      split = ",",
      description =
          "What plans, with commas between. Default:"
              + " single,remote,equal/layer,proportional/head,bodp/layer,ocbp,edgeld,joint.")
  private List<String> contenders =
      new ArrayList<>(
          List.of(
              "single",
              "remote",
              "equal/layer",
              "proportional/head",
              "bodp/layer",
              "ocbp",
              "edgeld",
              "joint"));

  @Mixin private ContenderOption options = new ContenderOption();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Option(
      names = "--cpu-share",
      paramLabel = "S",
      defaultValue = "0.1",
      description =
          "Fraction of one core that each agent computes with. All agents together should leave"
              + " half of this computer's cores free. Default: ${DEFAULT-VALUE}.")
  private double cpuShare;

  @Mixin private OverlapOption overlap = new OverlapOption();

  @Option(
      names = "--refine",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often the plans' own steps are timed on the devices; before each time but the first"
              + " all is planned again with what is known. 0: layers alone. Default:"
              + " ${DEFAULT-VALUE}.")
  private int refinements;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "2",
      description = "Frames of each plan before measuring. Default: ${DEFAULT-VALUE}.")
  private int warmup;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "7",
      description = "Measured frames of each plan. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of the noise input and of the order of measurement. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a row per plan.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write every plan step by step, predicted and measured.")
  private Optional<Path> json = Optional.empty();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  ValidateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    ValidationRequest request = request();
    ResultFiles.checkWritable(csv);
    ResultFiles.checkWritable(json);
    try (CommandServices services =
        context.services().open(connection.settings(context.settings()))) {
      ValidationReport report =
          new Validation(
                  services.directory(),
                  services.profiler(),
                  services.refiner(),
                  services.planner(),
                  services.meter())
              .run(
                  request,
                  trial -> context.console().warn(ValidationText.line(trial)),
                  context.monitor());
      context.console().print(ValidationText.of(report));
      int code = write(report, request.precision());
      return report.trials().isEmpty() ? ExitCode.FAILED : code;
    }
  }

  private int write(ValidationReport report, Precision chosen) {
    JsonNode document = ValidationJson.of(report, environment(chosen));
    return new ResultFiles(context.console())
        .write(
            csv,
            file -> ValidationCsv.write(file, cpuShare, report.trials()),
            () -> ValidationCsv.format(cpuShare, report.trials()))
        .write(json, file -> JsonFile.write(file, document), () -> document.toPrettyString() + "\n")
        .exitCode();
  }

  private Map<String, String> environment(Precision chosen) {
    Map<String, String> all = new TreeMap<>(Environment.here());
    all.put("precision", chosen.id());
    all.put("cpuShare", String.valueOf(cpuShare));
    all.put("overlap", overlap.typed().orElse(Overlap.AUTO.id()));
    all.put("refine", String.valueOf(refinements));
    all.put("warmup", String.valueOf(warmup));
    all.put("repeats", String.valueOf(repeats));
    all.put("seed", String.valueOf(seed));
    return all;
  }

  private ValidationRequest request() throws BadInputException, JobCancelledException {
    Overlap chosen = overlap.overlap();
    List<Contender> parsed = new ArrayList<>();
    List<Subject> networks = new ArrayList<>();
    List<Long> rates = new ArrayList<>();
    try {
      for (String text : contenders) {
        parsed.add(
            Contender.parse(text, context.catalogue().strategies(), context.catalogue().fusions())
                .withOverlap(chosen));
      }
      parsed = options.of(parsed, context.catalogue().strategies());
      for (double rate : linkMbps) {
        if (!(rate >= 0.001 && rate <= 1e6)) {
          throw new BadInputException(
              "--link-mbps %s is not a usable rate. Maybe --link-mbps 20,100,500.".formatted(rate));
        }
        rates.add(Math.round(rate * 1e6));
      }
      for (String name : models) {
        Model network = size.of(name).open(context);
        networks.add(new Subject(network, SyntheticInput.noise(network, seed)));
      }
      return new ValidationRequest(
          networks,
          devices,
          rates,
          parsed,
          precision.precision(),
          cpuShare,
          refinements,
          warmup,
          repeats,
          seed);
    } catch (InfeasiblePlanException | IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }
}
