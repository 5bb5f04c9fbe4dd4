package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.compare.BoardKind;
import org.edgeld.workbench.compare.ClusterGrid;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.words.Figures;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which clusters are simulated, and what plans for them. */
final class GridOptions {
  private static final int MOST_DEVICES = 1024;

  @Option(
      names = "--gflops",
      paramLabel = "G",
      split = ",",
      description =
          "GFLOP/s of equal boards that only operations keep busy; several, with commas, are"
              + " several kinds of boards. Or say --board.")
  private List<Double> gigaflops = new ArrayList<>();

  @Mixin private BoardOptions boards = new BoardOptions();

  @Option(
      names = "--devices",
      paramLabel = "N",
      split = ",",
      description =
          "How many devices, with commas between. Boards are taken in turn; the first is the head."
              + " Default: as many as --board says, or 4.")
  private List<Integer> devices = new ArrayList<>();

  @Option(
      names = "--link-mbps",
      paramLabel = "R",
      split = ",",
      description = "Rate of every link in Mbit/s, each way, with commas between. Default: 1000.")
  private List<Double> linkMbps = new ArrayList<>(List.of(1000.0));

  @Option(
      names = "--link-delay-ms",
      paramLabel = "D",
      description = "Delay of every link in ms. Default: none.")
  private double linkDelayMillis;

  @Option(
      names = "--strategy",
      paramLabel = Contender.FORM,
      split = ",",
      description =
          "What plans, with commas between, such as edgeld,ocbp/layer/peer,joint. What one does not"
              + " say, the options --fusion, --routing and --overlap do. Default: ocbp,joint.")
  private List<String> contenders = new ArrayList<>(List.of("ocbp", "joint"));

  @Mixin private ContenderOption options = new ContenderOption();

  @Mixin private MethodOptions method = new MethodOptions();

  /** Returns what was asked for. */
  ClusterGrid grid(ModelGraph graph, Catalogue catalogue) throws BadInputException {
    List<Contender> parsed = new ArrayList<>();
    Method common = method.method(ClusterGrid.UNDIVIDED, Map.of());
    catalogue.check(common);
    try {
      for (String text : contenders) {
        parsed.add(Contender.parse(text, catalogue.strategies(), catalogue.fusions()));
      }
      parsed = options.of(parsed, catalogue.strategies());
    } catch (InfeasiblePlanException e) {
      throw new BadInputException(e.getMessage(), e);
    }
    List<BoardKind> kinds = kinds();
    return new ClusterGrid(graph, kinds, counts(kinds), rates(), delayNanos(), common, parsed);
  }

  private List<BoardKind> kinds() throws BadInputException {
    if (boards.given() == !gigaflops.isEmpty()) {
      throw new BadInputException(
          "The boards are to be given by --gflops or by --board. Maybe --gflops 8.");
    }
    if (boards.given()) {
      List<Board> typed = boards.boards();
      String label = String.join("+", typed.stream().map(Board::name).toList());
      return List.of(new BoardKind(label, typed));
    }
    List<BoardKind> kinds = new ArrayList<>();
    for (double rate : gigaflops) {
      String label = String.format(Locale.ROOT, "%s GFLOP/s", Figures.plain(rate));
      try {
        kinds.add(new BoardKind(label, List.of(Board.of("board", rate * 1e9))));
      } catch (IllegalArgumentException e) {
        throw new BadInputException(
            "--gflops %s is not a positive number. Maybe --gflops 8.".formatted(rate), e);
      }
    }
    return kinds;
  }

  private List<Integer> counts(List<BoardKind> kinds) throws BadInputException {
    for (int count : devices) {
      if (count < 1 || count > MOST_DEVICES) {
        throw new BadInputException(
            "%d devices are not possible. Maybe use 1 to %d.".formatted(count, MOST_DEVICES));
      }
    }
    if (!devices.isEmpty()) {
      return devices;
    }
    return List.of(boards.given() ? kinds.get(0).boards().size() : 4);
  }

  private List<Double> rates() throws BadInputException {
    List<Double> rates = new ArrayList<>();
    for (double rate : linkMbps) {
      if (!(rate > 0 && Double.isFinite(rate))) {
        throw new BadInputException(
            "--link-mbps %s is not a positive number. Maybe --link-mbps 100.".formatted(rate));
      }
      rates.add(rate * 1e6);
    }
    return rates;
  }

  private long delayNanos() throws BadInputException {
    if (!(linkDelayMillis >= 0 && linkDelayMillis < 1e9)) {
      throw new BadInputException(
          "--link-delay-ms %s is not a usable delay. Maybe --link-delay-ms 0.5."
              .formatted(linkDelayMillis));
    }
    return Math.round(linkDelayMillis * 1e6);
  }
}
