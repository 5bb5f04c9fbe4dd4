package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;

/** The programs under construction, stage after stage. */
final class Compilation {
  private final Plan plan;
  private final ModelGeometry geometry;
  private final List<TensorShape> shapes;
  private final Set<TensorId> outputs;
  private final int head;
  private final List<ProgramWriter> writers = new ArrayList<>();
  private boolean inParts;

  /** What each device holds by now, because it computed or received it. */
  private final List<HeldRegions> held = new ArrayList<>();

  /**
   * Which device hands out which regions of a tensor: those that it computed, or that it gathered.
   * Of every tensor made so far they are disjoint and cover it.
   */
  private final Map<TensorId, List<List<Region>>> owned = new HashMap<>();

  /** A slice on its way from one device to another. */
  private record Transfer(int from, int to, Slice slice) {
    private static final Comparator<Transfer> BY_PLACE =
        Comparator.comparing((Transfer transfer) -> transfer.slice().tensor())
            .thenComparingInt(transfer -> transfer.slice().rows().start())
            .thenComparingInt(transfer -> transfer.slice().columns().start())
            .thenComparingInt(transfer -> transfer.slice().channels().start())
            .thenComparingInt(Transfer::from);
  }

  Compilation(Plan plan, ModelGeometry geometry) {
    this.plan = plan;
    this.geometry = geometry;
    this.shapes = geometry.shapes();
    this.outputs = Set.copyOf(plan.graph().outputs());
    this.head = plan.head().index();
    for (int i = 0; i < plan.devices(); i++) {
      writers.add(new ProgramWriter(new DeviceId(i)));
      held.add(new HeldRegions());
    }
    writers.get(head).holds(TensorId.INPUT);
    own(head, whole(TensorId.INPUT));
  }

  ProgramSet run() {
    Set<TensorId> finished = Set.of();
    for (Stage stage : plan.stages()) {
      if (stage.sums()) {
        sum(stage, finished);
        finished = finished(stage);
        continue;
      }
      List<List<BlockTile>> rounds = rounds(stage);
      inParts |= rounds.size() > 1;
      List<TreeMap<TensorId, List<Region>>> needed = new ArrayList<>();
      for (List<BlockTile> tiles : rounds) {
        needed.add(needed(tiles, needed.isEmpty() ? finished : Set.of()));
      }
      Optional<DeviceId> sole = stage.soleDevice();
      List<List<Transfer>> arriving = send(needed, tensor -> staysOnSoleDevice(tensor, sole));
      writers.forEach(ProgramWriter::beginStage);
      for (int round = 0; round < rounds.size(); round++) {
        receive(arriving.get(round));
        compute(rounds.get(round));
      }
      finished = finished(stage);
    }
    receive(send(List.of(needed(List.of(), finished)), tensor -> false).get(0));
    if (inParts) {
      orderReceives();
    }
    List<DeviceProgram> programs = new ArrayList<>();
    for (int i = 0; i < writers.size(); i++) {
      programs.add(writers.get(i).finish(i == head ? outputs : Set.of()));
    }
    return new ProgramSet(plan.graph(), plan.head(), programs);
  }

  /** Sends have moved up behind the tiles that make their slices; receives follow their order. */
  private void orderReceives() {
    List<List<List<Slice>>> sent = new ArrayList<>();
    for (int to = 0; to < plan.devices(); to++) {
      List<List<Slice>> fromEach = new ArrayList<>();
      Stream.generate(() -> new ArrayList<Slice>()).limit(plan.devices()).forEach(fromEach::add);
      sent.add(fromEach);
    }
    writers.forEach(writer -> writer.sent(sent));
    for (int to = 0; to < plan.devices(); to++) {
      writers.get(to).receiveInOrder(sent.get(to));
    }
  }

  /**
   * Returns the first tiles of all devices, then the second ones, and so on: at least one round.
   */
  private List<List<BlockTile>> rounds(Stage stage) {
    List<List<List<Slice>>> tiles = new ArrayList<>();
    int most = 1;
    for (int device = 0; device < plan.devices(); device++) {
      tiles.add(stage.tiles(new DeviceId(device)));
      most = Math.max(most, tiles.get(device).size());
    }
    List<List<BlockTile>> rounds = new ArrayList<>();
    for (int round = 0; round < most; round++) {
      List<BlockTile> all = new ArrayList<>();
      for (List<List<Slice>> own : tiles) {
        List<Slice> outputs = round < own.size() ? own.get(round) : List.of();
        all.add(geometry.tile(stage.block(), outputs));
      }
      rounds.add(all);
    }
    return rounds;
  }

  /**
   * Compiles a stage that is divided by input channels: each device sums over its own, then the
   * partial sums travel to who adds them up.
   */
  private void sum(Stage stage, Set<TensorId> finished) {
    List<BlockTile> sums = new ArrayList<>();
    List<BlockTile> combinations = new ArrayList<>();
    for (int device = 0; device < plan.devices(); device++) {
      sums.add(stage.partialSum(plan.graph(), shapes, new DeviceId(device)));
      combinations.add(stage.combination(plan.graph(), new DeviceId(device)));
    }
    TreeMap<TensorId, List<Region>> inputs = needed(sums, finished);
    receive(send(List.of(inputs), tensor -> isWhereNeeded(tensor, inputs)).get(0));
    writers.forEach(ProgramWriter::beginStage);
    compute(sums);
    receive(send(List.of(needed(combinations, Set.of())), tensor -> false).get(0));
    writers.forEach(ProgramWriter::beginStage);
    compute(combinations);
  }

  /** Tells whether every device already holds what it needs of a tensor, as in a pair of layers. */
  private boolean isWhereNeeded(TensorId tensor, Map<TensorId, List<Region>> needed) {
    List<Region> regions = needed.get(tensor);
    return !outputs.contains(tensor)
        && IntStream.range(0, regions.size())
            .allMatch(device -> held.get(device).holds(new Slice(tensor, regions.get(device))));
  }

  private Slice whole(TensorId tensor) {
    return Slice.whole(tensor, shapes.get(tensor.index()));
  }

  private void own(int device, Slice slice) {
    owned.computeIfAbsent(slice.tensor(), tensor -> emptyLists()).get(device).add(slice.region());
    held.get(device).add(slice);
  }

  private List<List<Region>> emptyLists() {
    List<List<Region>> lists = new ArrayList<>();
    for (int i = 0; i < plan.devices(); i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  /** Returns the outputs of the model that a stage makes. */
  private Set<TensorId> finished(Stage stage) {
    Set<TensorId> finished = new HashSet<>(outputs);
    finished.removeIf(tensor -> !stage.block().makes(tensor));
    return finished;
  }

  /**
   * Returns what each device needs of each tensor: what its tile takes; the head all of what is
   * finished, too.
   */
  private TreeMap<TensorId, List<Region>> needed(List<BlockTile> tiles, Set<TensorId> finished) {
    TreeMap<TensorId, List<Region>> needed = new TreeMap<>();
    for (int i = 0; i < tiles.size(); i++) {
      for (Slice input : tiles.get(i).inputs()) {
        needed.computeIfAbsent(input.tensor(), tensor -> nothing()).set(i, input.region());
      }
    }
    for (TensorId tensor : finished) {
      needed.computeIfAbsent(tensor, id -> nothing()).set(head, whole(tensor).region());
    }
    return needed;
  }

  private List<Region> nothing() {
    return new ArrayList<>(Collections.nCopies(plan.devices(), Region.EMPTY));
  }

  private void compute(List<BlockTile> tiles) {
    for (int i = 0; i < tiles.size(); i++) {
      if (!tiles.get(i).isEmpty()) {
        writers.get(i).compute(tiles.get(i));
        for (Slice output : tiles.get(i).outputs()) {
          own(i, output);
        }
      }
    }
  }

  /**
   * Sends what each round needs, the first round's first; returns what will arrive for each.
   *
   * @param stays which tensors stay where they are although slices travel through the head
   */
  private List<List<Transfer>> send(
      List<TreeMap<TensorId, List<Region>>> rounds, Predicate<TensorId> stays) {
    if (plan.routing() == Routing.HEAD) {
      gather(
          rounds.stream()
              .flatMap(needed -> needed.keySet().stream())
              .distinct()
              .sorted()
              .filter(tensor -> !stays.test(tensor))
              .toList());
    }
    List<List<Transfer>> arriving = new ArrayList<>();
    for (TreeMap<TensorId, List<Region>> needed : rounds) {
      List<Transfer> transfers = new ArrayList<>();
      needed.forEach((tensor, regions) -> transfers.addAll(missing(tensor, regions)));
      transfers.sort(Comparator.comparingInt(Transfer::to).thenComparing(Transfer.BY_PLACE));
      // the head hands out what it has gathered, and nothing before
      send(transfers, plan.routing() == Routing.PEER);
      arriving.add(transfers);
    }
    return arriving;
  }

  private boolean staysOnSoleDevice(TensorId tensor, Optional<DeviceId> nextSole) {
    return nextSole.isPresent()
        && !outputs.contains(tensor)
        && ownsAll(nextSole.get().index(), tensor);
  }

  private boolean ownsAll(int device, TensorId tensor) {
    return whole(tensor).region().minus(owned.get(tensor).get(device)).isEmpty();
  }

  /** Returns the transfers from owners that give each device what it needs and does not hold. */
  private List<Transfer> missing(TensorId tensor, List<Region> needed) {
    List<Transfer> transfers = new ArrayList<>();
    List<List<Region>> owners = owned.get(tensor);
    for (int to = 0; to < needed.size(); to++) {
      for (Region missing : held.get(to).missing(new Slice(tensor, needed.get(to)))) {
        for (int from = 0; from < needed.size(); from++) {
          for (Region owns : owners.get(from)) {
            Region common = owns.intersect(missing);
            if (!common.isEmpty()) {
              transfers.add(new Transfer(from, to, new Slice(tensor, common)));
            }
          }
        }
      }
    }
    return transfers;
  }

  /**
   * @param early whether each slice leaves as soon as the tiles that make it are done
   */
  private void send(List<Transfer> transfers, boolean early) {
    for (Transfer t : transfers) {
      if (early) {
        writers.get(t.from()).sendEarly(t.slice(), new DeviceId(t.to()));
      } else {
        writers.get(t.from()).send(t.slice(), new DeviceId(t.to()));
      }
      held.get(t.to()).add(t.slice());
    }
  }

  private void receive(List<Transfer> transfers) {
    for (Transfer t : transfers) {
      writers.get(t.to()).receive(t.slice(), new DeviceId(t.from()));
    }
  }

  /** Brings tensors whole to the head, which hands them out from now on. */
  private void gather(List<TensorId> tensors) {
    List<Transfer> transfers = new ArrayList<>();
    for (TensorId tensor : tensors) {
      List<List<Region>> owners = owned.get(tensor);
      for (int from = 0; from < owners.size(); from++) {
        for (Region region : owners.get(from)) {
          if (from != head) {
            transfers.add(new Transfer(from, head, new Slice(tensor, region)));
          }
        }
      }
    }
    transfers.sort(Transfer.BY_PLACE);
    send(transfers, true);
    receive(transfers);
    for (TensorId tensor : tensors) {
      for (int device = 0; device < plan.devices(); device++) {
        if (device != head && !owned.get(tensor).get(device).isEmpty()) {
          // what the device needs of the tensor, it gets back from the head
          writers.get(device).forget(tensor);
          held.get(device).remove(tensor);
        }
      }
      owned.put(tensor, emptyLists());
      owned.get(tensor).get(head).add(whole(tensor).region());
    }
  }
}
