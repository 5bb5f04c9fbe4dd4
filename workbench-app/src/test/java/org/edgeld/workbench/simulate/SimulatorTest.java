package org.edgeld.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.link.InterfaceRates;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SimulatorTest {
  private static final ModelGraph GRAPH = SmallModels.convolutionsOnly();
  private static final DeviceId A = new DeviceId(0);
  private static final DeviceId B = new DeviceId(1);
  private static final DeviceId C = new DeviceId(2);
  private static final Block FIRST = new Block(0, 1);

  /** 100 ns a computed row, 1 ns a byte, 7 ns under way. */
  private record Cost(InterfaceRates interfaces) implements CostModel {
    @Override
    public double computeNanos(DeviceId device, BlockTile tile) {
      return 100.0 * tile.outputs().get(0).rows().size();
    }

    @Override
    public double leastNanosPerShare(DeviceId device, int layerIndex) {
      return 100;
    }

    @Override
    public double transmissionNanos(DeviceId from, DeviceId to, long bytes) {
      return bytes;
    }

    @Override
    public double delayNanos(DeviceId from, DeviceId to) {
      return 7;
    }
  }

  private static final CostModel COST = new Cost(InterfaceRates.equal(3));

  private static Slice input(int start, int end) {
    return Slice.rows(TensorId.INPUT, GRAPH.input(), new Range(start, end));
  }

  private static Slice output(int start, int end) {
    return Slice.rows(new TensorId(1), GRAPH.shapes().get(1), new Range(start, end));
  }

  @SafeVarargs
  private static Trace simulate(List<Step>... steps) {
    return simulate(COST, steps);
  }

  @SafeVarargs
  private static Trace simulate(CostModel cost, List<Step>... steps) {
    List<DeviceProgram> programs = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      programs.add(new DeviceProgram(new DeviceId(i), steps[i]));
    }
    return new Simulator().simulate(new ProgramSet(GRAPH, A, programs), cost);
  }

  @Test
  void computeOverlapsWithTransfersAndReceivesWait() {
    Trace trace =
        simulate(
            List.of(
                new Step.Send(input(0, 10), B),
                new Step.Compute(FIRST, List.of(output(10, 12))),
                new Step.Receive(output(0, 3), B)),
            List.of(
                new Step.Receive(input(0, 10), A),
                new Step.Compute(FIRST, List.of(output(0, 3))),
                new Step.Send(output(0, 3), A)));
    // 10 rows of 20 bytes; back 3 rows of 60 bytes
    assertThat(trace.spans())
        .containsExactlyInAnyOrder(
            new Span(A, Span.Kind.SEND, 0, 0, 200),
            new Span(A, Span.Kind.COMPUTE, 1, 0, 200),
            new Span(B, Span.Kind.WAIT, 0, 0, 207),
            new Span(B, Span.Kind.COMPUTE, 1, 207, 507),
            new Span(B, Span.Kind.SEND, 2, 507, 687),
            new Span(A, Span.Kind.WAIT, 2, 200, 694));
    assertThat(trace.latencyNanos()).isEqualTo(694);
    assertThat(trace.clockErrorNanos()).containsExactly(0L, 0L);
  }

  @Test
  void slicesToSeveralDevicesShareTheSendersInterface() {
    Trace trace =
        simulate(
            List.of(new Step.Send(input(0, 10), B), new Step.Send(input(0, 5), C)),
            List.of(new Step.Receive(input(0, 10), A)),
            List.of(new Step.Receive(input(0, 5), A)));
    assertThat(trace.spans())
        .containsExactlyInAnyOrder(
            new Span(A, Span.Kind.SEND, 0, 0, 300),
            new Span(A, Span.Kind.SEND, 1, 0, 200),
            new Span(B, Span.Kind.WAIT, 0, 0, 307),
            new Span(C, Span.Kind.WAIT, 0, 0, 207));
    assertThat(trace.latencyNanos()).isZero();
  }

  @Test
  void anInterfaceThatCarriesMoreServesSlowReceiversAtOnce() {
    double[][] pairs = {{0, 2, 2}, {2, 0, 2}, {2, 2, 0}};
    double[] carried = {3, 2, 2};
    Trace trace =
        simulate(
            new Cost(new InterfaceRates(pairs, carried, carried)),
            List.of(new Step.Send(input(0, 10), B), new Step.Send(input(0, 5), C)),
            List.of(new Step.Receive(input(0, 10), A)),
            List.of(new Step.Receive(input(0, 5), A)));
    // 200 and 100 ns alone; together three quarters of their rates until 100 bytes have passed
    assertThat(trace.spans())
        .containsExactlyInAnyOrder(
            new Span(A, Span.Kind.SEND, 0, 0, 233),
            new Span(A, Span.Kind.SEND, 1, 0, 133),
            new Span(B, Span.Kind.WAIT, 0, 0, 240),
            new Span(C, Span.Kind.WAIT, 0, 0, 140));
  }

  @Test
  void slicesFromSeveralDevicesShareTheReceiversInterface() {
    Trace trace =
        simulate(
            List.of(new Step.Receive(input(0, 10), B), new Step.Receive(input(0, 5), C)),
            List.of(new Step.Send(input(0, 10), A)),
            List.of(new Step.Send(input(0, 5), A)));
    assertThat(trace.spans())
        .containsExactlyInAnyOrder(
            new Span(B, Span.Kind.SEND, 0, 0, 300),
            new Span(C, Span.Kind.SEND, 0, 0, 200),
            new Span(A, Span.Kind.WAIT, 0, 0, 307));
    assertThat(trace.latencyNanos()).isEqualTo(307);
  }

  @Test
  void slicesToOneDeviceFollowEachOther() {
    Trace trace =
        simulate(
            List.of(new Step.Send(input(0, 10), B), new Step.Send(input(10, 12), B)),
            List.of(new Step.Receive(input(0, 10), A), new Step.Receive(input(10, 12), A)));
    assertThat(trace.spans())
        .containsExactlyInAnyOrder(
            new Span(A, Span.Kind.SEND, 0, 0, 200),
            new Span(A, Span.Kind.SEND, 1, 200, 240),
            new Span(B, Span.Kind.WAIT, 0, 0, 207),
            new Span(B, Span.Kind.WAIT, 1, 207, 247));
  }

  @Test
  void devicesThatWaitForEachOtherAreADefect() {
    assertThatThrownBy(
            () ->
                simulate(
                    List.of(new Step.Receive(input(0, 1), B)),
                    List.of(new Step.Receive(input(0, 1), A))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Device A waits for ever at step 0");
  }
}
