package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentMessage.FrameDone;
import org.edgeld.message.AgentMessage.FrameReport;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class MeasuredTraceTest {
  private static final DeviceId A = new DeviceId(0);
  private static final DeviceId B = new DeviceId(1);
  private static final DeploymentId ID = new DeploymentId(1);
  private static final int LATENCY = 1000;

  /** B receives the input, computes and sends the output to A. */
  private static ProgramSet programs() {
    GraphBuilder builder =
        new GraphBuilder("one", new TensorShape(1, 4, 4), GraphBuilder.seeded(1));
    TensorId made = builder.conv("conv", TensorId.INPUT, 1, Window.of(1, 1, 0), Activation.NONE);
    ModelGraph graph = builder.build();
    Slice in = Slice.whole(TensorId.INPUT, graph.input());
    Slice out = Slice.whole(made, graph.shapes().get(1));
    return new ProgramSet(
        graph,
        A,
        List.of(
            new DeviceProgram(A, List.of(new Step.Send(in, B), new Step.Receive(out, B))),
            new DeviceProgram(
                B,
                List.of(
                    new Step.Receive(in, A),
                    new Step.Compute(new Block(0, 1), List.of(out)),
                    new Step.Send(out, A)))));
  }

  private static List<Span> spansOfB(
      long[] serialiseDelays, long[] serialised, long[] assembleDelays, long[] assembled) {
    FrameReport report =
        new FrameReport(
            ID,
            0,
            new long[] {0, 100, 500},
            new long[] {100, 500, 900},
            0,
            serialiseDelays,
            serialised,
            assembleDelays,
            assembled,
            64);
    Clocks clocks = new Clocks(List.of(new Clocks.Reading(0, 0, 0), new Clocks.Reading(0, 0, 0)));
    Trace trace =
        MeasuredTrace.of(
            new ActiveRun.Frame(new FrameDone(ID, 0, 0, LATENCY), List.of(), List.of(report)),
            programs(),
            List.of(B),
            clocks,
            clocks);
    return trace.spans();
  }

  @Test
  void copiesShortenWaitsAndSendsAndLieWithinComputing() {
    List<Span> spans =
        spansOfB(new long[0], new long[0], new long[] {70, 350, 0}, new long[] {30, 50, 40});

    assertThat(spans)
        .containsExactlyInAnyOrder(
            new Span(B, Span.Kind.WAIT, 0, 0, 70),
            new Span(B, Span.Kind.ASSEMBLE, 0, 70, 100),
            new Span(B, Span.Kind.COMPUTE, 1, 100, 500),
            new Span(B, Span.Kind.ASSEMBLE, 1, 450, 500),
            new Span(B, Span.Kind.ASSEMBLE, 2, 500, 540),
            new Span(B, Span.Kind.SEND, 2, 540, 900));
  }

  @Test
  void slicesThatAreReadAndThenCopiedAreNotWaitedForMeanwhile() {
    List<Span> spans =
        spansOfB(
            new long[] {40, 0, 40},
            new long[] {30, 0, 60},
            new long[] {70, 0, 0},
            new long[] {30, 0, 40});

    assertThat(spans)
        .containsExactlyInAnyOrder(
            new Span(B, Span.Kind.WAIT, 0, 0, 40),
            new Span(B, Span.Kind.SERIALISE, 0, 40, 70),
            new Span(B, Span.Kind.ASSEMBLE, 0, 70, 100),
            new Span(B, Span.Kind.COMPUTE, 1, 100, 500),
            new Span(B, Span.Kind.ASSEMBLE, 2, 500, 540),
            new Span(B, Span.Kind.SERIALISE, 2, 540, 600),
            new Span(B, Span.Kind.SEND, 2, 600, 900));
  }

  @Test
  void stepsThatCopiedNothingHaveNoSpanOfCopying() {
    assertThat(spansOfB(new long[0], new long[0], new long[3], new long[3]))
        .extracting(Span::kind)
        .containsExactly(Span.Kind.WAIT, Span.Kind.COMPUTE, Span.Kind.SEND);
  }
}
