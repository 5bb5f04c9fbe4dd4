package org.edgeld.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every operator needs of its inputs, against its definition element by element. */
class OperatorGeometryTest {
  private static final int ROUNDS = 300;

  static Stream<Class<?>> kinds() {
    return Stream.of(Operator.class.getPermittedSubclasses());
  }

  private static Range part(Random random, int size) {
    int start = random.nextInt(size);
    return new Range(start, start + 1 + random.nextInt(size - start));
  }

  private static Region box(Random random, TensorShape shape) {
    return new Region(
        part(random, shape.channels()), part(random, shape.height()), part(random, shape.width()));
  }

  private static Set<Integer> touched(RandomOperators.Sample sample, int index, Region output) {
    Set<Integer> touched = new TreeSet<>();
    for (int c = output.channels().start(); c < output.channels().end(); c++) {
      for (int y = output.rows().start(); y < output.rows().end(); y++) {
        for (int x = output.columns().start(); x < output.columns().end(); x++) {
          touched.addAll(
              sample
                  .operator()
                  .accept(new Touched(sample.inputs(), sample.output(), index, c, y, x)));
        }
      }
    }
    return touched;
  }

  private static Region element(TensorShape shape, int number) {
    int x = number % shape.width();
    int y = number / shape.width() % shape.height();
    int c = number / shape.width() / shape.height();
    return new Region(new Range(c, c + 1), new Range(y, y + 1), new Range(x, x + 1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyElementComputedFromIsNeeded(Class<?> kind) {
    Random random = new Random(kind.getSimpleName().hashCode());
    RandomOperators operators = new RandomOperators(random);
    int checked = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RandomOperators.Sample sample = operators.of(kind);
      Region output = box(random, sample.output());
      for (int i = 0; i < sample.inputs().size(); i++) {
        Region need = ReceptiveField.input(sample.operator(), i, output, sample.inputs());
        assertThat(need.fits(sample.inputs().get(i))).as("%s of %s", need, sample).isTrue();
        for (int number : touched(sample, i, output)) {
          checked++;
          assertThat(need.contains(element(sample.inputs().get(i), number)))
              .as("element %d of input %d for %s of %s", number, i, output, sample)
              .isTrue();
        }
      }
    }
    assertThat(checked).isGreaterThan(ROUNDS);
  }

  /** Windows with gaps (dilation, strides beyond the kernel) may reach a little further. */
  private static boolean isExact(Operator operator) {
    return !(operator instanceof Operator.Conv2d
        || operator instanceof Operator.ConvTranspose2d
        || operator instanceof Operator.Pool2d
        || operator instanceof Operator.Reshape
        || operator instanceof Operator.Flatten
        || operator instanceof Operator.ChannelShuffle
        || operator instanceof Operator.DepthToSpace);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingElseIsNeeded(Class<?> kind) {
    Random random = new Random(kind.getSimpleName().hashCode() + 1);
    RandomOperators operators = new RandomOperators(random);
    for (int round = 0; round < ROUNDS; round++) {
      RandomOperators.Sample sample = operators.of(kind);
      Region output = box(random, sample.output());
      for (int i = 0; i < sample.inputs().size(); i++) {
        Region need = ReceptiveField.input(sample.operator(), i, output, sample.inputs());
        Region hull = Region.EMPTY;
        for (int number : touched(sample, i, output)) {
          hull = hull.hull(element(sample.inputs().get(i), number));
        }
        if (isExact(sample.operator())) {
          assertThat(need).as("%s of %s", output, sample).isEqualTo(hull);
        } else if (hull.isEmpty()) {
          assertThat(need.elements()).as("%s of %s", output, sample).isLessThanOrEqualTo(4096);
        } else {
          assertThat(need.contains(hull)).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anOperatorThatSplitsByRowsNeedsFewerRowsForFewer(Class<?> kind) {
    Random random = new Random(kind.getSimpleName().hashCode() + 2);
    RandomOperators operators = new RandomOperators(random);
    for (int round = 0; round < ROUNDS; round++) {
      RandomOperators.Sample sample = operators.of(kind);
      if (ReceptiveField.splitsByRows(sample.operator())) {
        continue;
      }
      // the others need every row whichever row is wanted
      Region row = Region.rows(sample.output(), new Range(0, 1));
      List<TensorShape> inputs = sample.inputs();
      Region need = ReceptiveField.input(sample.operator(), 0, row, inputs);
      assertThat(need.along(Axis.ROWS)).isEqualTo(Range.upTo(inputs.get(0).height()));
    }
  }
}
