package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.edgeld.workbench.run.Batch;

/**
 * What a researcher wants measured.
 *
 * @param name title of the report
 * @param agents addresses of boards, {@code host:port}; empty for emulated agents on this computer
 * @param grids what is measured; what two grids have in common is measured once
 * @param noiseFloor whether one configuration of each kind of boards is measured twice
 * @param convolutions what else to time on the first device, for a fit of time over FLOPs
 * @param procedure how each trial is measured
 */
public record SweepSpec(
    String name,
    List<String> agents,
    List<Grid> grids,
    boolean noiseFloor,
    Optional<ConvolutionGrid> convolutions,
    Procedure procedure) {
  /**
   * Every network on every number of devices of every kind with every method.
   *
   * @param networks what is computed
   * @param devices how many devices take part, the head included
   * @param boards how emulated devices are; {@link Boards#REAL} for real ones
   * @param methods how networks are divided
   * @param batches of how many frames repeats consist
   */
  public record Grid(
      List<Network> networks,
      List<Integer> devices,
      List<Boards> boards,
      List<NamedMethod> methods,
      List<Batch> batches) {
    public Grid {
      networks = List.copyOf(networks);
      devices = List.copyOf(devices);
      boards = List.copyOf(boards);
      methods = List.copyOf(methods);
      batches = List.copyOf(batches);
    }
  }

  /**
   * How trials are measured.
   *
   * @param warmup frames of each configuration and trial before measuring
   * @param repeats measured frames of each configuration and trial
   * @param rounds trials of each configuration
   * @param seed of inputs, orders and resampling
   * @param coolDownMillis pause between two trials
   * @param timeLimitSeconds after which a trial is given up
   */
  public record Procedure(
      int warmup, int repeats, int rounds, long seed, long coolDownMillis, int timeLimitSeconds) {}

  public SweepSpec {
    agents = List.copyOf(agents);
    grids = List.copyOf(grids);
  }

  /** Creates a specification that times no convolutions. */
  public SweepSpec(
      String name, List<String> agents, List<Grid> grids, boolean noiseFloor, Procedure procedure) {
    this(name, agents, grids, noiseFloor, Optional.empty(), procedure);
  }

  /** Returns the largest number of devices. */
  public int mostDevices() {
    return all(Grid::devices).stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /**
   * Returns a sentence if local agents want more cores than there are.
   *
   * @param cores of this computer
   */
  public Optional<String> tooFewCores(int cores) {
    Boards greediest =
        boards().stream().max(Comparator.comparingDouble(this::wantedCores)).orElseThrow();
    double wanted = wantedCores(greediest);
    return agents.isEmpty() && wanted > cores
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%d devices of share %s want %.1f cores, but this computer has %d: they will"
                    + " disturb each other. Maybe use a smaller share.",
                mostDevices(),
                greediest.cpuShares(),
                wanted,
                cores))
        : Optional.empty();
  }

  private double wantedCores(Boards boards) {
    return IntStream.range(0, mostDevices()).mapToDouble(boards.cpuShares()::of).sum();
  }

  /** Returns the largest number of devices of some boards. */
  private int mostDevices(Boards boards) {
    return grids.stream()
        .filter(grid -> grid.boards().contains(boards))
        .flatMap(grid -> grid.devices().stream())
        .mapToInt(Integer::intValue)
        .max()
        .orElseThrow();
  }

  /**
   * Returns how many agents are a cluster of some boards, of which trials use the first ones: as
   * many as the largest trial needs, of local ones that of all boards.
   */
  public int clusterSize(Boards boards) {
    return agents.isEmpty() ? mostDevices() : mostDevices(boards);
  }

  /** Returns the addresses of some boards, the head first; empty for local agents. */
  public List<String> agents(Boards boards) {
    return boards.agents().isEmpty() ? agents : boards.agents();
  }

  /** Returns all kinds of boards, none twice. */
  public List<Boards> boards() {
    return all(Grid::boards);
  }

  /** Returns all networks, none twice. */
  public List<Network> networks() {
    return all(Grid::networks);
  }

  private <T> List<T> all(Function<Grid, List<T>> of) {
    return grids.stream().flatMap(grid -> of.apply(grid).stream()).distinct().toList();
  }

  /** Returns all configurations, numbered, none twice. */
  public List<Configuration> configurations() {
    Map<Configuration, Configuration> all = new LinkedHashMap<>();
    for (Grid grid : grids) {
      for (Boards board : grid.boards()) {
        for (Network network : grid.networks()) {
          for (int count : grid.devices()) {
            for (NamedMethod method : grid.methods()) {
              for (Batch batch : grid.batches()) {
                int next = all.size();
                all.putIfAbsent(
                    new Configuration(0, board, network, count, method.named(""), batch),
                    new Configuration(next, board, network, count, method, batch));
              }
            }
          }
        }
      }
    }
    return new ArrayList<>(all.values());
  }
}
