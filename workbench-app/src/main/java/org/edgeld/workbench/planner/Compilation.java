package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;

/** The programs under construction, stage after stage. */
final class Compilation {
  private final Plan plan;
  private final List<TensorShape> shapes;
  private final int head;
  private final List<List<Step>> steps = new ArrayList<>();

  /** Rows of the current tensor that each device computed; the input is the head's. */
  private List<Range> owned;

  Compilation(Plan plan) {
    this.plan = plan;
    this.shapes = plan.graph().shapes();
    this.head = plan.head().index();
    for (int i = 0; i < plan.devices(); i++) {
      steps.add(new ArrayList<>());
    }
    this.owned = onlyHead(plan.graph().input().height());
  }

  ProgramSet run() {
    for (Stage stage : plan.stages()) {
      TensorId input = stage.block().input();
      List<Range> needed = needed(stage);
      move(input, needed, stage.soleDevice());
      compute(stage, needed);
      owned = stage.rows();
    }
    TensorId last = new TensorId(plan.graph().layers().size());
    List<Range> nothing = Collections.nCopies(plan.devices(), Range.EMPTY);
    move(last, isOutput(last) ? onlyHead(height(last)) : nothing, Optional.empty());
    releaseOwned(last, nothing);
    return new ProgramSet(
        plan.graph(),
        plan.head(),
        IntStream.range(0, steps.size())
            .mapToObj(i -> new DeviceProgram(new DeviceId(i), steps.get(i)))
            .toList());
  }

  private boolean isOutput(TensorId tensor) {
    return plan.graph().outputs().contains(tensor);
  }

  private int height(TensorId tensor) {
    return shapes.get(tensor.index()).height();
  }

  private List<Range> onlyHead(int height) {
    List<Range> rows = new ArrayList<>(Collections.nCopies(plan.devices(), Range.EMPTY));
    rows.set(head, Range.upTo(height));
    return rows;
  }

  /** Returns the input rows that each device's strip takes; the head takes every output whole. */
  private List<Range> needed(Stage stage) {
    TensorId input = stage.block().input();
    List<Range> needed = new ArrayList<>();
    for (int i = 0; i < plan.devices(); i++) {
      Range rows = stage.rows().get(i);
      Range computing =
          rows.isEmpty()
              ? Range.EMPTY
              : BlockTile.of(plan.graph(), shapes, stage.block(), rows).inputRows();
      needed.add(i == head && isOutput(input) ? Range.upTo(height(input)) : computing);
    }
    return needed;
  }

  private void move(TensorId tensor, List<Range> needed, Optional<DeviceId> nextSole) {
    if (plan.routing() == Routing.PEER) {
      exchange(tensor, needed);
    } else if (!staysOnSoleDevice(tensor, nextSole)) {
      gather(tensor);
      scatter(tensor, needed);
    }
  }

  private boolean staysOnSoleDevice(TensorId tensor, Optional<DeviceId> nextSole) {
    return nextSole.isPresent()
        && !isOutput(tensor)
        && owned.get(nextSole.get().index()).equals(Range.upTo(height(tensor)));
  }

  /** Peer to peer: all sends before all receives, both in the order of rows for each pair. */
  private void exchange(TensorId tensor, List<Range> needed) {
    record Transfer(int from, int to, Range rows) {}
    List<Transfer> transfers = new ArrayList<>();
    for (int to = 0; to < plan.devices(); to++) {
      for (Range missing : needed.get(to).minus(owned.get(to))) {
        for (int from = 0; from < plan.devices(); from++) {
          Range rows = owned.get(from).intersect(missing);
          if (from != to && !rows.isEmpty()) {
            transfers.add(new Transfer(from, to, rows));
          }
        }
      }
    }
    transfers.sort(
        Comparator.comparingInt(Transfer::to)
            .thenComparingInt(transfer -> transfer.rows().start()));
    transfers.forEach(t -> send(tensor, t.from(), t.to(), t.rows()));
    transfers.forEach(t -> receive(tensor, t.from(), t.to(), t.rows()));
  }

  private void gather(TensorId tensor) {
    List<Integer> others =
        IntStream.range(0, plan.devices())
            .filter(device -> device != head && !owned.get(device).isEmpty())
            .boxed()
            .sorted(Comparator.comparingInt(device -> owned.get(device).start()))
            .toList();
    for (int device : others) {
      send(tensor, device, head, owned.get(device));
      // what the device needs of the tensor, it gets back from the head
      steps.get(device).add(new Step.Release(tensor));
    }
    others.forEach(device -> receive(tensor, device, head, owned.get(device)));
    owned = onlyHead(height(tensor));
  }

  private void scatter(TensorId tensor, List<Range> needed) {
    for (int device = 0; device < plan.devices(); device++) {
      if (device != head && !needed.get(device).isEmpty()) {
        send(tensor, head, device, needed.get(device));
        receive(tensor, head, device, needed.get(device));
      }
    }
  }

  private void send(TensorId tensor, int from, int to, Range rows) {
    steps.get(from).add(new Step.Send(slice(tensor, rows), new DeviceId(to)));
  }

  private void receive(TensorId tensor, int from, int to, Range rows) {
    steps.get(to).add(new Step.Receive(slice(tensor, rows), new DeviceId(from)));
  }

  private Slice slice(TensorId tensor, Range rows) {
    return Slice.rows(tensor, shapes.get(tensor.index()), rows);
  }

  private void compute(Stage stage, List<Range> needed) {
    for (int i = 0; i < plan.devices(); i++) {
      Range rows = stage.rows().get(i);
      if (!rows.isEmpty()) {
        Slice output = slice(stage.block().output(), rows);
        steps.get(i).add(new Step.Compute(stage.block(), output));
      }
    }
    releaseOwned(stage.block().input(), needed);
  }

  /** Releases a tensor on every device that holds rows of it, computed there or received. */
  private void releaseOwned(TensorId tensor, List<Range> received) {
    for (int i = 0; i < plan.devices(); i++) {
      boolean holds = !owned.get(i).isEmpty() || !received.get(i).isEmpty();
      if (holds && !(i == head && isOutput(tensor))) {
        steps.get(i).add(new Step.Release(tensor));
      }
    }
  }
}
