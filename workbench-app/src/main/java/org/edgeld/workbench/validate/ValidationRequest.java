package org.edgeld.workbench.validate;

import java.util.List;
import org.edgeld.message.Emulation;
import org.edgeld.model.Model;
import org.edgeld.program.Precision;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.run.HostTensor;

/**
 * What to validate: every model on every number of devices behind every link.
 *
 * @param subjects networks with what they compute on
 * @param devices sizes of the emulated clusters
 * @param linkBitsPerSecond rates of every device's link
 * @param contenders what plans
 * @param precision how slices travel
 * @param cpuShare of every device
 * @param refinements how often the plans' own steps are timed and all is planned again, at least 0
 * @param warmup frames of each plan before measuring
 * @param repeats measured frames of each plan
 * @param seed of the order of measurement
 */
public record ValidationRequest(
    List<Subject> subjects,
    List<Integer> devices,
    List<Long> linkBitsPerSecond,
    List<Contender> contenders,
    Precision precision,
    double cpuShare,
    int refinements,
    int warmup,
    int repeats,
    long seed) {
  /**
   * A network and its input.
   *
   * @param model the network with its weights
   * @param input the input tensor
   */
  public record Subject(Model model, HostTensor input) {}

  public ValidationRequest {
    subjects = List.copyOf(subjects);
    devices = List.copyOf(devices);
    linkBitsPerSecond = List.copyOf(linkBitsPerSecond);
    contenders = List.copyOf(contenders);
    if (subjects.isEmpty()
        || devices.isEmpty()
        || linkBitsPerSecond.isEmpty()
        || contenders.isEmpty()
        || refinements < 0
        || warmup < 0
        || repeats < 1) {
      throw new IllegalArgumentException(
          "A validation needs a model, a number of devices, a link rate, a strategy, and a measured"
              + " frame. Maybe --repeats 7.");
    }
    // fails here rather than half an hour later
    for (int count : devices) {
      cluster(count, linkBitsPerSecond.get(0), cpuShare);
    }
  }

  private static LocalClusterSpec cluster(int count, long rate, double share) {
    return new LocalClusterSpec(count, new Emulation(share, rate, 0, 0), 1);
  }

  /** Returns the clusters to start, one after the other. */
  public List<LocalClusterSpec> clusters() {
    return devices.stream()
        .flatMap(count -> linkBitsPerSecond.stream().map(rate -> cluster(count, rate, cpuShare)))
        .toList();
  }
}
