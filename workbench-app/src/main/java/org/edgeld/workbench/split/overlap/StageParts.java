package org.edgeld.workbench.split.overlap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.plan.BlockRows;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.split.RowTimes;

/** Cuts the strips of stages; what was asked before is known. */
final class StageParts {
  private final ModelGeometry geometry;
  private final CostModel cost;
  private final RowTimes times;
  private final Map<Stage, Division> wholes = new HashMap<>();
  private final Map<Rows, Part> known = new HashMap<>();

  /** Rows of a block's only output that a device computes: the same in many plans. */
  private record Rows(Block block, Range rows, int device) {}

  StageParts(ModelGeometry geometry, CostModel cost, RowTimes times) {
    this.geometry = geometry;
    this.cost = cost;
    this.times = times;
  }

  /** Returns a stage as it is. */
  Division whole(Stage stage) {
    return wholes.computeIfAbsent(stage, this::uncut);
  }

  private Division uncut(Stage stage) {
    Part[][] parts = new Part[stage.outputs().size()][];
    for (int device = 0; device < parts.length; device++) {
      List<Slice> outputs = stage.outputs().get(device);
      if (outputs.isEmpty()) {
        parts[device] = new Part[0];
        continue;
      }
      BlockTile tile = geometry.tile(stage.block(), outputs);
      double nanos = cost.computeNanos(new DeviceId(device), tile);
      parts[device] = new Part[] {new Part(outputs, tile.inputs(), nanos)};
    }
    return new Division(Order.WHOLE, parts);
  }

  /**
   * Returns a stage in all orders in which its strips can be cut, as it is first.
   *
   * @param stages all stages
   * @param index which of them
   */
  Map<Order, Division> orders(List<Stage> stages, int index) {
    Stage stage = stages.get(index);
    Division whole = whole(stage);
    Map<Order, Division> orders = new EnumMap<>(Order.class);
    orders.put(Order.WHOLE, whole);
    Block block = stage.block();
    List<TensorId> outputs = geometry.outputs(block);
    if (outputs.size() != 1 || !strips(whole, geometry.shape(outputs.get(0)))) {
      return orders;
    }
    for (Order order : Order.values()) {
      Part[][] parts = new Part[whole.parts().length][];
      boolean cut = false;
      for (int device = 0; device < parts.length; device++) {
        parts[device] = whole.parts()[device];
        if (order != Order.WHOLE && parts[device].length == 1) {
          Range rows = parts[device][0].outputs().get(0).rows();
          List<Range> pieces = pieces(order, stages, index, device, rows);
          if (pieces.size() > 1) {
            parts[device] = parts(block, outputs.get(0), device, pieces);
            cut = true;
          }
        }
      }
      if (cut) {
        orders.put(order, new Division(order, parts));
      }
    }
    return orders;
  }

  private static boolean strips(Division whole, TensorShape shape) {
    for (Part[] own : whole.parts()) {
      if (own.length > 0 && !own[0].outputs().get(0).isFullRows(shape)) {
        return false;
      }
    }
    return true;
  }

  private Part[] parts(Block block, TensorId output, int device, List<Range> pieces) {
    Part[] parts = new Part[pieces.size()];
    for (int i = 0; i < parts.length; i++) {
      Rows rows = new Rows(block, pieces.get(i), device);
      parts[i] = known.computeIfAbsent(rows, key -> part(key, output));
    }
    return parts;
  }

  private Part part(Rows part, TensorId output) {
    Block block = part.block();
    RowTimes.OfBlock ofBlock = times.of(block);
    BlockRows.Strip strip = ofBlock.strip(part.rows().start(), part.rows().end());
    List<Slice> inputs = new ArrayList<>();
    for (TensorId input : geometry.inputs(block)) {
      Range needed = needed(strip, input);
      if (!needed.isEmpty()) {
        inputs.add(Slice.rows(input, geometry.shape(input), needed));
      }
    }
    List<Slice> outputs = List.of(Slice.rows(output, geometry.shape(output), part.rows()));
    return new Part(outputs, inputs, nanos(block, outputs, part.device(), ofBlock, strip));
  }

  /**
   * Strips are asked for often, so only where steps were timed it is looked whether this one was.
   */
  private double nanos(
      Block block,
      List<Slice> outputs,
      int device,
      RowTimes.OfBlock ofBlock,
      BlockRows.Strip strip) {
    return cost.knowsSteps()
        ? cost.computeNanos(
            new DeviceId(device), BlockTile.of(geometry.graph(), geometry.shapes(), block, outputs))
        : ofBlock.nanos(device, strip);
  }

  private static Range needed(BlockRows.Strip strip, TensorId input) {
    return new Range(strip.start(input.index()), strip.end(input.index()));
  }

  /** Returns the rows of a strip in the order to compute them; itself if it cannot be cut so. */
  private List<Range> pieces(Order order, List<Stage> stages, int index, int device, Range rows) {
    int middle = rows.start() + rows.size() / 2;
    Range upper = new Range(rows.start(), middle);
    Range lower = new Range(middle, rows.end());
    if (rows.size() < 2) {
      return List.of(rows);
    }
    return switch (order) {
      case WHOLE -> List.of(rows);
      case UPPER_FIRST -> List.of(upper, lower);
      case LOWER_FIRST -> List.of(lower, upper);
      case BORDERS_FIRST ->
          sent(stages, index, device, rows)
              .map(inner -> apart(rows, inner, true))
              .orElse(List.of(rows));
      case BORDERS_LAST ->
          independent(stages, index, device, rows)
              .map(inner -> apart(rows, inner, false))
              .orElse(List.of(rows));
    };
  }

  private static List<Range> apart(Range rows, Range inner, boolean bordersFirst) {
    List<Range> pieces = new ArrayList<>(rows.minus(inner));
    pieces.add(bordersFirst ? pieces.size() : 0, inner);
    return pieces;
  }

  /** Returns the rows of a strip that no other device needs in the next stage, if in between. */
  private Optional<Range> sent(List<Stage> stages, int index, int device, Range rows) {
    if (index + 1 == stages.size()) {
      return Optional.empty();
    }
    TensorId made = geometry.outputs(stages.get(index).block()).get(0);
    Part[][] next = whole(stages.get(index + 1)).parts();
    int start = rows.start();
    int end = rows.end();
    for (int other = 0; other < next.length; other++) {
      if (other == device || next[other].length == 0) {
        continue;
      }
      Range needed = Slice.find(next[other][0].inputs(), made).rows().intersect(rows);
      if (needed.isEmpty()) {
        continue;
      }
      if (needed.start() == rows.start()) {
        start = Math.max(start, needed.end());
      } else if (needed.end() == rows.end()) {
        end = Math.min(end, needed.start());
      } else {
        return Optional.empty();
      }
    }
    return start < end ? Optional.of(new Range(start, end)) : Optional.empty();
  }

  /** Returns the rows of a strip that need nothing from other devices, if there are any. */
  private Optional<Range> independent(List<Stage> stages, int index, int device, Range rows) {
    if (index == 0) {
      return Optional.empty();
    }
    RowTimes.OfBlock block = times.of(stages.get(index).block());
    Part[] own = whole(stages.get(index - 1)).parts()[device];
    List<Slice> held = new ArrayList<>();
    for (TensorId input : geometry.inputs(stages.get(index).block())) {
      Slice slice = Slice.find(own.length == 0 ? List.of() : own[0].outputs(), input);
      if (!slice.isFullRows(geometry.shape(input))) {
        return Optional.empty();
      }
      held.add(slice);
    }
    int start = rows.start();
    while (start < rows.end() && !holds(held, block.strip(start, rows.end()), true)) {
      start++;
    }
    int end = rows.end();
    while (start < end && !holds(held, block.strip(start, end), false)) {
      end--;
    }
    return start < end ? Optional.of(new Range(start, end)) : Optional.empty();
  }

  /** Tells whether the first, or else the last, rows that a strip needs are held. */
  private static boolean holds(List<Slice> all, BlockRows.Strip strip, boolean first) {
    for (Slice held : all) {
      Range needed = needed(strip, held.tensor());
      boolean there =
          first ? needed.start() >= held.rows().start() : needed.end() <= held.rows().end();
      if (!needed.isEmpty() && !there) {
        return false;
      }
    }
    return true;
  }
}
