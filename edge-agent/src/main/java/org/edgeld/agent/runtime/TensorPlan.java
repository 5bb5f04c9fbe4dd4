package org.edgeld.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.agent.runtime.MemoryMap.Computed;
import org.edgeld.agent.runtime.MemoryMap.Operand;
import org.edgeld.agent.runtime.MemoryMap.Place;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.NeededWeights;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * What a program means for this device's memory, worked out once per deployment: which tile each
 * compute step is, which slices may arrive, and where everything lies that is received, computed,
 * read or sent ({@link Holding}).
 */
final class TensorPlan {
  private final ModelGraph graph;
  private final DeviceProgram program;
  private final ProgramReading reading;
  private final MemoryMap memory = new MemoryMap();
  private final Map<Integer, List<Integer>> released = new HashMap<>();
  private final int firstReceive;
  private final int sends;

  /**
   * @throws IllegalArgumentException if the program cannot be run
   */
  TensorPlan(ProgramSet programs, DeviceId device) {
    this.graph = programs.graph();
    this.program = programs.of(device);
    this.reading = new ProgramReading(programs, device);
    this.firstReceive =
        IntStream.range(0, program.steps().size())
            .filter(i -> program.steps().get(i) instanceof Step.Receive)
            .findFirst()
            .orElse(0);
    this.sends = (int) program.steps().stream().filter(Step.Send.class::isInstance).count();
    for (ProgramReading.Ended ended : reading.holdings()) {
      released
          .computeIfAbsent(ended.step(), step -> new ArrayList<>())
          .addAll(ended.holding().place(memory));
    }
  }

  DeviceProgram program() {
    return program;
  }

  ModelGraph graph() {
    return graph;
  }

  /** Returns the first step that waits for a peer; 0 if there is none. */
  int firstReceive() {
    return firstReceive;
  }

  /** Returns the number of send steps. */
  int sends() {
    return sends;
  }

  /** Returns the tiles of the compute steps by step. */
  Map<Integer, BlockTile> tiles() {
    return reading.tiles();
  }

  /** Returns the tile of a compute step. */
  BlockTile tile(int step) {
    return reading.tiles().get(step);
  }

  /** Returns the step that waits for an arrival; empty if the program expects no such slice. */
  Optional<Integer> receiveStep(DeviceId from, Slice slice) {
    return Optional.ofNullable(reading.arrivals().get(new ProgramReading.Arrival(from, slice)));
  }

  /** Returns all memory that a frame takes. */
  List<Place> places() {
    return memory.places();
  }

  /** Returns where the model's input goes on the head. */
  Part input() {
    return memory.part(Operand.BEFORE, 0);
  }

  /** Returns where the slice of a receive step goes. */
  Part received(int step) {
    return memory.part(step, 0);
  }

  /** Returns where the slice of a send step is. */
  Part sent(int step) {
    return memory.part(step, 0);
  }

  /** Returns where the inputs of a compute step's tile are. */
  List<Part> inputs(int step) {
    return parts(step, tile(step).inputs().size());
  }

  /** Returns what becomes of the outputs of a compute step's tile. */
  List<Computed> computed(int step) {
    return IntStream.range(0, tile(step).outputs().size())
        .mapToObj(i -> memory.computed(step, i))
        .toList();
  }

  /** Returns the places that a release step gives up. */
  List<Integer> released(int step) {
    return released.getOrDefault(step, List.of());
  }

  /** Returns where the model's outputs are on the head when all steps are done. */
  List<Part> outputs() {
    return parts(program.steps().size(), graph.outputs().size());
  }

  private List<Part> parts(int step, int count) {
    return IntStream.range(0, count).mapToObj(i -> memory.part(step, i)).toList();
  }

  /** Returns the devices this one exchanges slices with. */
  Set<DeviceId> peers() {
    return reading.peers();
  }

  /** Returns the weights that this device computes with. */
  NeededWeights weights() {
    NeededWeights weights = new NeededWeights(graph);
    reading.tiles().values().forEach(weights::add);
    return weights;
  }
}
