package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.model.Model;
import org.edgeld.workbench.image.InputException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.HostTensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Runs a model over a cluster and measures it: the plan and both baselines, interleaved, in"
          + " the same run. The output is compared with the undivided network every time.",
      "Without --image or --input the input is a picture of noise made from --seed."
    },
    footer = {
      "%nExamples:",
      "  Four emulated boards on this computer:",
      "    workbench run --model vgg16 --local 4 --cpu-share 0.35 --link-mbps 1000 --csv vgg16.csv",
      "  The EdgeLD paper's scheme on four agents of the network:",
      "    workbench run --model vgg16 --discover 4 --scheme edgeld --repeats 20 --json"
          + " edgeld.json",
      "  A picture, with a timeline for Perfetto:",
      "    workbench run --model alexnet --agents 10.0.0.2:47300,10.0.0.3:47300 \\",
      "        --image cat.jpg --trace cat.trace.json",
      "  A network of your own, exported to ONNX:",
      "    workbench run --model net.onnx --height 320 --width 320 --local 3",
      "  Throughput of 24 frames, of which 8 are under way at one time:",
      "    workbench run --model resnet18 --local 4 --cpu-share 0.1 --strategy pico \\",
      "        --frames 24 --in-flight 8 --repeats 3"
    })
final class RunCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private SavedProfileOption profile = new SavedProfileOption();
  @Mixin private PlanOptions plan = new PlanOptions();

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "2",
      description = "Repeats of each configuration before measuring. Default: ${DEFAULT-VALUE}.")
  private int warmup;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "10",
      description = "Measured repeats of each configuration. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--frames",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Frames of a repeat: a batch, whose time and throughput are measured. Default:"
              + " ${DEFAULT-VALUE}.")
  private int frames;

  @Option(
      names = "--in-flight",
      paramLabel = "M",
      defaultValue = "1",
      description =
          "How many frames of a batch are under way at one time. Plans whose stages are on"
              + " different devices need about twice as many as devices. Default:"
              + " ${DEFAULT-VALUE}.")
  private int inFlight;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "Picture as input: PNG, JPEG, GIF or BMP, cropped and scaled to fit.")
  private Optional<Path> image = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Values as input: .npy, .npz or .f32 (raw float32, channels first).")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the model's output: .npy, or raw float32 for any other ending.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a row per measured frame.")
  private Optional<Path> csv = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the whole result.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write the timeline of the median frame for Chrome and Perfetto.")
  private Optional<Path> trace = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of the noise input and of the order of measurement. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--keep",
      description = "Keep the run in the history, which the window and 'history' show.")
  private boolean keep;

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    RunCommandRequest request = request();
    request.outputs().check();
    HostTensor tensor = read(request);
    try (CommandServices services = context.services().open(cluster.settings(context.settings()))) {
      return new RunAction(services, context.console(), context.monitor()).execute(request, tensor);
    }
  }

  private RunCommandRequest request() throws BadInputException, JobCancelledException {
    if (image.isPresent() && input.isPresent()) {
      throw new BadInputException(
          "Only one of --image and --input can be used. Maybe leave one out.");
    }
    InputChoice choice =
        image
            .<InputChoice>map(InputChoice.Picture::new)
            .or(() -> input.map(InputChoice.Tensor::new))
            .orElseGet(() -> new InputChoice.Noise(seed));
    Model network = model.model(context);
    ClusterChoice agents = cluster.choice();
    PlanChoice division = plan.choice(context.catalogue(), network);
    division.requireDevices(agents.count());
    try {
      return new RunCommandRequest(
          network,
          agents,
          profile.read(network),
          division,
          choice,
          warmup,
          repeats,
          new Batch(frames, inFlight),
          seed,
          new RunOutputs(output, csv, json, trace),
          keep
              ? Optional.of(
                  new RunCommandRequest.Keeping(HistoryCommand.history(context), model.file()))
              : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private static HostTensor read(RunCommandRequest request) throws BadInputException {
    try {
      return request.input().read(request.model());
    } catch (InputException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }
}
