package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.run.Batch;

/**
 * What is measured, apart from how often.
 *
 * @param number position among the configurations, from 0
 * @param boards the devices
 * @param network the network
 * @param devices how many take part, the head included
 * @param named how the network is divided
 * @param batch the frames of a repeat
 */
public record Configuration(
    int number, Boards boards, Network network, int devices, NamedMethod named, Batch batch) {
  /** Returns how the network is divided. */
  public Method method() {
    return named.method();
  }

  /** Returns what tables and charts call that. */
  public String label() {
    return named.label();
  }

  /** Returns how many devices, and which if they are not simply the first of all. */
  public String devicesInWords() {
    return boards.agents().isEmpty()
        ? Integer.toString(devices)
        : devices + ": " + String.join(" ", boards.agents().subList(0, devices));
  }

  /** Returns it in words, such as {@code fashion 28×28, 3 devices, share 0.2, equal/layer}. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    words.add(network.toString());
    words.add(devices == 1 ? "1 device" : devices + " devices");
    if (!boards.equals(Boards.REAL)) {
      words.add(boards.toString());
    }
    if (!batch.equals(Batch.ONE)) {
      words.add("%d frames, %d in flight".formatted(batch.frames(), batch.inFlight()));
    }
    words.add(label());
    return String.join(", ", words);
  }
}
