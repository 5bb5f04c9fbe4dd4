package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * Which send each receive waits for: the k-th send from one device to another is its k-th receive.
 */
final class Transfers {
  /** A step of a device's program. */
  record Place(DeviceId device, int step) {}

  private record Pair(DeviceId from, DeviceId to) {}

  private final Map<Place, Place> sendOfReceive = new HashMap<>();

  Transfers(ProgramSet programs) {
    Map<Pair, List<Place>> sends = new HashMap<>();
    for (DeviceProgram program : programs.programs()) {
      for (int i = 0; i < program.steps().size(); i++) {
        if (program.steps().get(i) instanceof Step.Send send) {
          sends
              .computeIfAbsent(new Pair(program.device(), send.to()), key -> new ArrayList<>())
              .add(new Place(program.device(), i));
        }
      }
    }
    for (DeviceProgram program : programs.programs()) {
      Map<DeviceId, Integer> received = new HashMap<>();
      for (int i = 0; i < program.steps().size(); i++) {
        if (program.steps().get(i) instanceof Step.Receive receive) {
          int count = received.merge(receive.from(), 1, Integer::sum);
          Place send = sends.get(new Pair(receive.from(), program.device())).get(count - 1);
          sendOfReceive.put(new Place(program.device(), i), send);
        }
      }
    }
  }

  /** Returns the send that a receive waits for. */
  Place sendOf(Place receive) {
    return sendOfReceive.get(receive);
  }
}
