package org.edgeld.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.junit.jupiter.api.Test;

/** Receptive fields, tiles and cuts against enumeration of every single tap. */
class GeometryPropertyTest {
  private static final int ROUNDS = 2000;

  /** Input rows that one output row touches, tap by tap; those on padding left out. */
  private static Set<Integer> taps(Window window, int output, int inputSize) {
    Set<Integer> rows = new TreeSet<>();
    for (int tap = 0; tap < window.kernel(); tap++) {
      int row = output * window.stride() - window.padBefore() + tap * window.dilation();
      if (row >= 0 && row < inputSize) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static Range strip(Random random, int height) {
    int start = random.nextInt(height);
    return new Range(start, start + 1 + random.nextInt(height - start));
  }

  @Test
  void neededRowsAreTheHullOfAllTaps() {
    Random random = new Random(1);
    int checked = 0;
    while (checked < ROUNDS) {
      Window window = RandomGraphs.window(random, true);
      int height = 1 + random.nextInt(40);
      int outputs = window.outputSize(height);
      if (outputs < 1) {
        continue;
      }
      Range output = strip(random, outputs);
      TreeSet<Integer> touched = new TreeSet<>();
      for (int row = output.start(); row < output.end(); row++) {
        touched.addAll(taps(window, row, height));
      }
      ReceptiveField.Need need = ReceptiveField.need(window, output, height);
      if (touched.isEmpty()) {
        continue;
      }
      checked++;
      assertThat(need.input().contains(new Range(touched.first(), touched.last() + 1)))
          .as("%s of %s from %d rows", output, window, height)
          .isTrue();
      // nothing more than dilation can leave between the border of the input and the first tap
      assertThat(touched.first() - need.input().start()).isLessThan(window.dilation());
      assertThat(need.input().end() - 1 - touched.last()).isLessThan(window.dilation());
      // rows with their padding are exactly what the strip's windows span
      assertThat(need.padBefore() + need.input().size() + need.padAfter())
          .isEqualTo((output.size() - 1) * window.stride() + window.extent());
    }
  }

  @Test
  void nothingIsNeededForNothing() {
    assertThat(ReceptiveField.need(Window.of(3, 1, 1), Range.EMPTY, 10))
        .isEqualTo(new ReceptiveField.Need(Range.EMPTY, 0, 0));
  }

  @Test
  void outputSizesCountTheWindowsThatFit() {
    Random random = new Random(2);
    for (int i = 0; i < ROUNDS; i++) {
      Window window = RandomGraphs.window(random, true);
      int height = 1 + random.nextInt(40);
      int padded = height + window.padBefore() + window.padAfter();
      int fitting = 0;
      while (fitting * window.stride() + window.extent() <= padded) {
        fitting++;
      }
      if (fitting == 0) {
        assertThat(window.outputSize(height)).isLessThan(1);
        continue;
      }
      assertThat(window.outputSize(height)).isEqualTo(fitting);
      boolean partial =
          (fitting - 1) * window.stride() + window.extent() < padded
              && fitting * window.stride() < height + window.padBefore();
      assertThat(window.outputSizeCeil(height)).isEqualTo(partial ? fitting + 1 : fitting);
    }
  }

  /** Marks, tap by tap and backwards, which rows of every tensor an output strip depends on. */
  private static List<TreeSet<Integer>> dependencies(
      ModelGraph graph, List<TensorShape> shapes, Range output) {
    List<TreeSet<Integer>> rows = new ArrayList<>();
    for (int i = 0; i <= graph.layers().size(); i++) {
      rows.add(new TreeSet<>());
    }
    for (int row = output.start(); row < output.end(); row++) {
      rows.get(graph.layers().size()).add(row);
    }
    for (int i = graph.layers().size() - 1; i >= 0; i--) {
      Layer layer = graph.layers().get(i);
      for (int row : rows.get(i + 1)) {
        for (TensorId in : layer.inputs()) {
          rows.get(in.index())
              .addAll(touched(layer.operator(), row, shapes.get(in.index()).height()));
        }
      }
    }
    return rows;
  }

  private static Set<Integer> touched(Operator operator, int row, int height) {
    if (operator instanceof Operator.Conv2d conv) {
      return taps(conv.vertical(), row, height);
    }
    if (operator instanceof Operator.Pool2d pool) {
      return taps(pool.vertical(), row, height);
    }
    return Set.of(row);
  }

  @Test
  void tilesHoldEveryRowThatTheOutputDependsOn() {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      ModelGraph graph = RandomGraphs.of(random, 1 + random.nextInt(6));
      List<TensorShape> shapes = graph.shapes();
      int layers = graph.layers().size();
      Range output = strip(random, shapes.get(layers).height());
      BlockTile tile = BlockTile.of(graph, shapes, new Block(0, layers), output);
      List<TreeSet<Integer>> needed = dependencies(graph, shapes, output);
      assertThat(tile.layers().get(layers - 1).rows()).isEqualTo(output);
      for (int t = 0; t <= layers; t++) {
        Range rows = t == 0 ? tile.input(TensorId.INPUT).rows() : tile.layers().get(t - 1).rows();
        assertThat(rows.end()).isLessThanOrEqualTo(shapes.get(t).height());
        for (int row : needed.get(t)) {
          assertThat(rows.contains(new Range(row, row + 1)))
              .as("row %d of t%d for %s of %s", row, t, output, graph.layers())
              .isTrue();
        }
      }
    }
  }

  @Test
  void tilesOfConvolutionChainsHoldNothingElse() {
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      GraphBuilder b =
          new GraphBuilder("chain", new TensorShape(1, 60, 60), GraphBuilder.seeded(1));
      TensorId t = TensorId.INPUT;
      for (int layer = 0; layer < 4; layer++) {
        // windows that overlap or touch leave no row out
        int kernel = 1 + random.nextInt(4);
        int stride = 1 + random.nextInt(Math.min(kernel, 2));
        t = b.conv("conv" + layer, t, 1, Window.of(kernel, stride, kernel / 2), Activation.NONE);
      }
      ModelGraph graph = b.build();
      List<TensorShape> shapes = graph.shapes();
      Range output = strip(random, shapes.get(4).height());
      BlockTile tile = BlockTile.of(graph, shapes, new Block(0, 4), output);
      List<TreeSet<Integer>> needed = dependencies(graph, shapes, output);
      for (int layer = 1; layer <= 4; layer++) {
        Range rows = tile.layers().get(layer - 1).rows();
        assertThat(rows)
            .isEqualTo(new Range(needed.get(layer).first(), needed.get(layer).last() + 1));
      }
    }
  }

  @Test
  void aTileOfBlocksInARowIsTheTileOfTheWhole() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      ModelGraph graph = RandomGraphs.of(random, 2 + random.nextInt(5));
      List<TensorShape> shapes = graph.shapes();
      int layers = graph.layers().size();
      Range output = strip(random, shapes.get(layers).height());
      BlockTile whole = BlockTile.of(graph, shapes, new Block(0, layers), output);
      // any boundary, be it crossed by several tensors; the input is the one that nobody makes
      int cut = 1 + random.nextInt(layers - 1);
      BlockTile back = BlockTile.of(graph, shapes, new Block(cut, layers), output);
      List<Slice> between =
          back.inputs().stream().filter(slice -> !slice.tensor().isInput()).toList();
      BlockTile front = BlockTile.of(graph, shapes, new Block(0, cut), between);
      List<Region> regions = new ArrayList<>(front.layers());
      regions.addAll(back.layers());
      assertThat(regions).isEqualTo(whole.layers());
      // the branch that skips the front reads the model's input itself
      Region input = front.input(TensorId.INPUT).region();
      assertThat(input.hull(back.input(TensorId.INPUT).region()))
          .isEqualTo(whole.input(TensorId.INPUT).region());
    }
  }

  @Test
  void aBlockInsideABranchReadsAllThatCrossesIntoIt() {
    GraphBuilder b = new GraphBuilder("skip", new TensorShape(1, 8, 8), GraphBuilder.seeded(1));
    TensorId first = b.conv("first", TensorId.INPUT, 1, Window.of(3, 1, 1), Activation.NONE);
    TensorId second = b.conv("second", first, 1, Window.of(3, 1, 1), Activation.NONE);
    b.sum("sum", List.of(first, second), Activation.NONE);
    ModelGraph graph = b.build();
    List<TensorShape> shapes = graph.shapes();
    assertThat(new Block(2, 3).inputs(graph)).containsExactly(first, second);
    assertThat(new Block(0, 2).outputs(graph)).containsExactly(first, second);
    Range rows = new Range(2, 5);
    assertThat(BlockTile.of(graph, shapes, new Block(2, 3), rows).inputs())
        .containsExactly(
            Slice.rows(first, shapes.get(1), rows), Slice.rows(second, shapes.get(2), rows));
    assertThatThrownBy(
            () ->
                BlockTile.of(
                    graph, shapes, new Block(2, 3), List.of(Slice.whole(first, shapes.get(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not make t1");
  }

  @Test
  void cutsAreWhereASingleTensorCrosses() {
    Random random = new Random(6);
    for (int i = 0; i < 300; i++) {
      ModelGraph random1 = RandomGraphs.of(random, 1 + random.nextInt(6));
      int layers = random1.layers().size();
      // a second output does not cross once it is made
      TensorId extra = new TensorId(1 + random.nextInt(layers));
      ModelGraph graph =
          random.nextBoolean()
              ? random1
              : new ModelGraph(
                  "two", random1.input(), random1.layers(), List.of(extra, new TensorId(layers)));
      List<Integer> expected = new ArrayList<>();
      for (int cut = 0; cut <= layers; cut++) {
        if (cut == 0 || cut == layers || crossing(graph, cut).size() == 1) {
          expected.add(cut);
        }
      }
      assertThat(graph.cuts()).as("cuts of %s", graph).isEqualTo(expected);
    }
  }

  /** Returns the tensors from up to a cut that are needed behind it. */
  private static Set<Integer> crossing(ModelGraph graph, int cut) {
    Set<Integer> crossing = new TreeSet<>();
    for (int i = cut; i < graph.layers().size(); i++) {
      graph.layers().get(i).inputs().stream()
          .map(TensorId::index)
          .filter(index -> index <= cut)
          .forEach(crossing::add);
    }
    return crossing;
  }
}
