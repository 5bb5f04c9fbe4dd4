package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * What a researcher wants measured: every network on every number of devices of every kind with
 * every method.
 *
 * @param name title of the report
 * @param networks what is computed
 * @param agents addresses of boards, {@code host:port}; empty for emulated agents on this computer
 * @param devices how many devices take part, the head included
 * @param boards how emulated devices are; {@link Boards#REAL} for real ones
 * @param methods how networks are divided
 * @param noiseFloor whether the first configuration of each kind of boards is measured twice
 * @param procedure how each trial is measured
 */
public record SweepSpec(
    String name,
    List<Network> networks,
    List<String> agents,
    List<Integer> devices,
    List<Boards> boards,
    List<Method> methods,
    boolean noiseFloor,
    Procedure procedure) {
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
    networks = List.copyOf(networks);
    agents = List.copyOf(agents);
    devices = List.copyOf(devices);
    boards = List.copyOf(boards);
    methods = List.copyOf(methods);
  }

  /** Returns the largest number of devices. */
  public int mostDevices() {
    return devices.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /** Returns all configurations, numbered. */
  public List<Configuration> configurations() {
    List<Configuration> all = new ArrayList<>();
    for (Boards board : boards) {
      for (Network network : networks) {
        for (int count : devices) {
          for (Method method : methods) {
            all.add(new Configuration(all.size(), board, network, count, method));
          }
        }
      }
    }
    return all;
  }
}
