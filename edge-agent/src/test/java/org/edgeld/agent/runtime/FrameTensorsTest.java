package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.agent.runtime.TwoDevices.A;
import static org.edgeld.agent.runtime.TwoDevices.B;
import static org.edgeld.agent.runtime.TwoDevices.T0;
import static org.edgeld.agent.runtime.TwoDevices.T1;
import static org.edgeld.agent.runtime.TwoDevices.T2;
import static org.edgeld.agent.runtime.TwoDevices.compute;
import static org.edgeld.agent.runtime.TwoDevices.programs;
import static org.edgeld.agent.runtime.TwoDevices.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.runtime.MemoryMap.Place;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.junit.jupiter.api.Test;

class FrameTensorsTest {
  private static final int ROW_BYTES = TwoDevices.ROW_FLOATS * Float.BYTES;

  private final BufferPool pool = new BufferPool();
  private static final Serialisation PLAIN =
      new Serialisation(Precision.FLOAT32, () -> new CpuShare(1), "serialiser");

  private final FrameTensors head =
      new FrameTensors(new TensorPlan(programs(), A), pool, PLAIN, () -> {});

  private final AtomicInteger closed = new AtomicInteger();

  /** A result whose slices hold the value and the position of the slice in the tile's outputs. */
  private TileResult result(int rows, float value) {
    return new TileResult() {
      @Override
      public ByteBuffer bytes(int slice) {
        ByteBuffer bytes =
            ByteBuffer.allocateDirect(rows * ROW_BYTES).order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining()) {
          bytes.putFloat(value + slice);
        }
        return bytes.flip();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private FrameTensors tensorsOfB(Step... steps) {
    return new FrameTensors(
        new TensorPlan(programs(List.of(new Step.Receive(rows(T2, 0, 8), B)), List.of(steps)), B),
        pool,
        PLAIN,
        () -> {});
  }

  private static Slice box(TensorId tensor, Range channels, Range rows, Range columns) {
    return new Slice(tensor, new Region(channels, rows, columns));
  }

  @Test
  void sharedRegionIsFreedOnceByItsLastHolder() {
    AtomicInteger freed = new AtomicInteger();
    SharedRegion rows =
        new SharedRegion(
            rows(T1, 3, 5).region(),
            ByteBuffer.allocateDirect(2 * ROW_BYTES),
            freed::incrementAndGet);
    rows.retain();
    rows.retain();
    rows.release();
    rows.release();
    assertThat(freed).hasValue(0);
    rows.release();
    assertThat(freed).hasValue(1);
  }

  @Test
  void viewsOfSharedRowsAreWhereTheirRowsAre() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(4 * ROW_BYTES).order(ByteOrder.nativeOrder());
    SharedRegion rows = new SharedRegion(rows(T1, 3, 7).region(), bytes, () -> {});
    rows.view(rows(T1, 5, 6).region()).putFloat(0, 42);
    assertThat(bytes.getFloat(2 * ROW_BYTES)).isEqualTo(42);
    assertThat(rows.view(rows(T1, 5, 7).region()).remaining()).isEqualTo(2 * ROW_BYTES);
    assertThatThrownBy(() -> rows.view(rows(T1, 2, 5).region()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not within");
    assertThatThrownBy(() -> rows.view(new Region(Range.upTo(2), new Range(3, 5), Range.upTo(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in pieces");
    assertThatThrownBy(() -> new SharedRegion(rows(T1, 0, 3).region(), bytes, () -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stripsAtTheMapsBordersLieBetweenZeros() throws IOException {
    GraphBuilder builder =
        new GraphBuilder("borders", new TensorShape(2, 8, 3), GraphBuilder.seeded(1));
    TensorId t = builder.conv("a", T0, 2, Window.of(3, 1, 1), Activation.NONE);
    builder.conv("b", t, 2, Window.of(5, 1, 2), Activation.NONE);
    ProgramSet programs =
        new ProgramSet(
            builder.build(),
            A,
            List.of(
                new DeviceProgram(A, List.of(new Step.Receive(rows(T2, 0, 8), B))),
                new DeviceProgram(
                    B,
                    List.of(
                        new Step.Receive(rows(T0, 0, 8), A),
                        compute(0, 0, 4),
                        compute(0, 4, 6),
                        compute(1, 0, 3),
                        compute(0, 6, 8),
                        compute(1, 6, 8)))));
    TensorPlan plan = new TensorPlan(programs, B);
    int zeroRows =
        (int) plan.places().stream().mapToLong(p -> p.bytes() - p.region().bytes()).sum();
    assertThat(zeroRows).as("a row at both sides of the input, two of t1").isEqualTo(6 * ROW_BYTES);
    for (int frame = 0; frame < 3; frame++) {
      FrameTensors tensors = new FrameTensors(plan, pool, PLAIN, () -> {});
      fill(tensors.destination(0), 3);
      tensors.arrived(0);
      tensors.put(1, result(4, 3), System::nanoTime);
      tensors.put(2, result(2, 3), System::nanoTime);
      tensors.put(4, result(2, 3), System::nanoTime);
      for (int step : List.of(1, 2, 3, 5)) {
        Part part = plan.inputs(step).get(0);
        SharedRegion input = tensors.take(part);
        requireBetweenZeros(input.view(part), part);
        input.release();
      }
      tensors.releaseAll();
      // whoever takes the buffers next finds them dirty
      for (Place place : plan.places()) {
        ByteBuffer dirty = pool.take((int) place.bytes());
        fill(dirty, 9);
        pool.give(dirty);
      }
    }
  }

  @Test
  void copiesAreTimedAndNothingElse() throws IOException {
    AtomicLong clock = new AtomicLong();
    LongSupplier ticking = () -> clock.addAndGet(5);
    fill(head.destination(2), 7);
    head.arrived(2);
    assertThat(head.put(1, result(5, 3), ticking)).as("copied into the window").isEqualTo(5);
    FrameTensors other = new FrameTensors(new TensorPlan(programs(), B), pool, PLAIN, () -> {});
    other.put(1, result(3, 1), ticking);
    assertThat(clock).as("nothing to copy on B").hasValue(10);
    assertThat(head.exchanges().assembled().nanos()).containsOnly(0);
  }

  @Test
  void unpackingOfAnArrivedSliceIsTimed() throws IOException {
    Slice column = box(T1, Range.upTo(2), Range.upTo(8), Range.upTo(1));
    Slice others = box(T1, Range.upTo(2), Range.upTo(8), new Range(1, 3));
    FrameTensors tensors =
        tensorsOfB(new Step.Receive(column, A), new Step.Receive(others, A), compute(1, 0, 8));
    fill(tensors.destination(0), 7);
    tensors.arrived(0);
    long[] nanos = tensors.exchanges().assembled().nanos();
    assertThat(nanos[0]).isPositive();
    assertThat(nanos[1]).isZero();
    assertThat(nanos[2]).isZero();
  }

  private static void fill(ByteBuffer bytes, float value) {
    while (bytes.hasRemaining()) {
      bytes.putFloat(value);
    }
  }

  private static void requireBetweenZeros(ByteBuffer bytes, Part part) {
    int above = part.margin().above();
    int rows = part.region().rows().size();
    assertThat(bytes.remaining()).isEqualTo((above + rows + part.margin().below()) * ROW_BYTES);
    for (int at = 0; at < bytes.remaining(); at += Float.BYTES) {
      int row = at / ROW_BYTES;
      boolean within = row >= above && row < above + rows;
      assertThat(bytes.getFloat(at)).as("%s, row %d", part, row).isEqualTo(within ? 3 : 0);
    }
  }

  @Test
  void computedRowsAndArrivedRowsAreReadAsOne() throws IOException {
    ByteBuffer arriving = head.destination(2);
    assertThat(arriving.remaining()).isEqualTo(3 * ROW_BYTES);
    while (arriving.hasRemaining()) {
      arriving.putFloat(7);
    }
    head.arrived(2);
    head.put(1, result(5, 3), System::nanoTime);
    Part read = new TensorPlan(programs(), A).inputs(4).get(0);
    ByteBuffer all = head.take(read).view(rows(T1, 0, 8).region());
    for (int row = 0; row < 8; row++) {
      assertThat(all.getFloat(row * ROW_BYTES)).as("row %d", row).isEqualTo(row < 5 ? 3 : 7);
    }
  }

  @Test
  void partOfAComputedSliceIsReadThereWithoutACopy() {
    TensorPlan plan =
        new TensorPlan(
            programs(
                List.of(
                    compute(0, 0, 5),
                    new Step.Send(rows(T1, 1, 4), B),
                    new Step.Receive(rows(T1, 5, 8), B),
                    compute(1, 0, 8)),
                List.of()),
            A);
    FrameTensors tensors = new FrameTensors(plan, pool, PLAIN, () -> {});
    tensors.put(0, result(5, 3), System::nanoTime);
    assertThat(tensors.take(plan.sent(1)).region()).isEqualTo(rows(T1, 0, 5).region());
  }

  @Test
  void releasedTensorStaysWhileItIsBeingSent() {
    TensorPlan plan = new TensorPlan(programs(), B);
    FrameTensors other = new FrameTensors(plan, pool, PLAIN, () -> {});
    other.put(1, result(3, 1), System::nanoTime);
    SharedRegion sending = other.take(plan.sent(2));
    other.release(4);
    assertThat(closed).hasValue(0);
    sending.release();
    assertThat(closed).hasValue(1);
  }

  @Test
  void resultThatIsUsedInItsWindowOnlyIsClosedAtOnce() {
    head.put(1, result(5, 1), System::nanoTime);
    assertThat(closed).hasValue(1);
  }

  @Test
  void resultIsClosedWithTheLastOfItsSlices() {
    TensorPlan plan =
        new TensorPlan(
            programs(
                List.of(new Step.Receive(rows(T2, 0, 8), B)),
                List.of(
                    new Step.Receive(rows(T0, 0, 8), A),
                    new Step.Compute(
                        new Block(0, 2), List.of(rows(T1, 0, 3), rows(T2, 0, 3), rows(T1, 5, 8))),
                    new Step.Send(rows(T1, 0, 3), A),
                    new Step.Send(rows(T2, 0, 3), A),
                    new Step.Release(T1),
                    new Step.Release(T2))),
            B);
    FrameTensors tensors = new FrameTensors(plan, pool, PLAIN, () -> {});
    tensors.put(1, result(3, 7), System::nanoTime);
    SharedRegion first = tensors.take(plan.sent(2));
    SharedRegion second = tensors.take(plan.sent(3));
    assertThat(first.view(first.region()).getFloat(0)).isEqualTo(7);
    assertThat(second.view(second.region()).getFloat(0)).isEqualTo(8);
    first.release();
    second.release();
    tensors.release(4);
    assertThat(closed).hasValue(0);
    tensors.release(5);
    assertThat(closed).hasValue(1);
  }

  @Test
  void windowsGoBackToThePoolAndComeAgain() throws IOException {
    head.inputDestination();
    assertThat(pool.allocatedBytes()).isEqualTo(8 * ROW_BYTES);
    head.put(1, result(5, 1), System::nanoTime);
    head.releaseAll();
    assertThat(closed).hasValue(1);
    long allocated = pool.allocatedBytes();
    FrameTensors next = new FrameTensors(new TensorPlan(programs(), A), pool, PLAIN, () -> {});
    next.inputDestination();
    next.destination(2);
    assertThat(pool.allocatedBytes()).isEqualTo(allocated);
  }

  @Test
  void bufferIsNotGivenToTwo() {
    ByteBuffer first = pool.take(64);
    ByteBuffer second = pool.take(64);
    assertThat(first).isNotSameAs(second);
    pool.give(first);
    assertThat(pool.take(32)).isNotSameAs(first);
    assertThat(pool.take(64)).isSameAs(first);
    assertThat(pool.take(64)).isNotSameAs(second);
  }

  @Test
  void placeIsGivenOnceEvenBeforeAnythingHasArrived() throws IOException {
    head.destination(2);
    head.inputDestination();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> head.destination(2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("twice");
      assertThatThrownBy(head::inputDestination)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("twice");
      head.arrived(2);
      head.inputArrived();
    }
    assertThat(head.exchanges().isHere(2)).isTrue();
    assertThat(head.exchanges().isHere(-1)).as("the input").isTrue();
  }

  @Test
  void otherDeviceReadsItsComputedRowsWithoutAWindow() {
    TensorPlan plan = new TensorPlan(programs(), B);
    FrameTensors other = new FrameTensors(plan, pool, PLAIN, () -> {});
    other.put(1, result(3, 9), System::nanoTime);
    assertThat(other.take(plan.sent(2)).view(rows(T1, 6, 7).region()).getFloat(0)).isEqualTo(9);
    assertThat(pool.allocatedBytes()).isZero();
  }

  @Test
  void columnsAreUnpackedWhenTheyHaveArrivedAndPackedForSending() throws IOException {
    Range channels = Range.upTo(2);
    Range all = Range.upTo(8);
    Slice left = box(T1, channels, all, new Range(0, 1));
    Slice right = box(T1, channels, all, new Range(1, 3));
    Slice lastChannel = box(T1, new Range(1, 2), new Range(2, 4), new Range(0, 2));
    Step[] steps = {
      new Step.Receive(left, A),
      new Step.Receive(right, A),
      new Step.Send(rows(T1, 0, 8), A),
      new Step.Send(lastChannel, A),
      new Step.Release(T1)
    };
    TensorPlan plan =
        new TensorPlan(programs(List.of(new Step.Receive(rows(T2, 0, 8), B)), List.of(steps)), B);
    FrameTensors tensors = new FrameTensors(plan, pool, PLAIN, () -> {});
    // every element holds its own coordinates
    for (int step = 0; step < 2; step++) {
      Region region = step == 0 ? left.region() : right.region();
      ByteBuffer arriving = tensors.destination(step);
      assertThat(arriving.remaining()).isEqualTo(region.bytes());
      fill(arriving, region);
      tensors.arrived(step);
    }
    SharedRegion whole = tensors.take(plan.sent(2));
    assertThat(whole.view(whole.region())).isEqualTo(filled(rows(T1, 0, 8).region()));
    whole.release();
    SharedRegion packed = tensors.take(plan.sent(3));
    assertThat(packed.view(lastChannel.region())).isEqualTo(filled(lastChannel.region()));
    packed.release();
    long allocated = pool.allocatedBytes();
    // the whole, both arrivals and the packed slice
    assertThat(allocated).isEqualTo(8 * ROW_BYTES + 8 * ROW_BYTES + lastChannel.bytes());
    tensors.releaseAll();
    FrameTensors next = new FrameTensors(plan, pool, PLAIN, () -> {});
    next.destination(0);
    next.destination(1);
    next.arrived(0);
    next.arrived(1);
    next.take(plan.sent(3));
    assertThat(pool.allocatedBytes()).isEqualTo(allocated);
  }

  @Test
  void sliceThatNeverArrivesWhollyLeavesNoBufferBehind() throws IOException {
    FrameTensors tensors =
        tensorsOfB(
            new Step.Receive(box(T1, Range.upTo(2), Range.upTo(8), new Range(0, 1)), A),
            new Step.Receive(rows(T1, 0, 8), A));
    ByteBuffer first = tensors.destination(0);
    tensors.releaseAll();
    int bytes = first.remaining();
    long allocated = pool.allocatedBytes();
    pool.take(bytes);
    assertThat(pool.allocatedBytes()).isEqualTo(allocated);
  }

  @Test
  void sliceThatComesAgainEarlySurvivesTheRelease() throws IOException {
    TensorPlan plan =
        new TensorPlan(
            programs(
                List.of(new Step.Receive(rows(T2, 0, 8), B)),
                List.of(
                    new Step.Receive(rows(T0, 0, 8), A),
                    compute(0, 0, 4),
                    new Step.Send(rows(T1, 0, 4), A),
                    new Step.Release(T1),
                    new Step.Receive(rows(T1, 0, 5), A),
                    compute(1, 0, 5))),
            B);
    FrameTensors tensors = new FrameTensors(plan, pool, PLAIN, () -> {});
    tensors.put(1, result(4, 1), System::nanoTime);
    ByteBuffer again = tensors.destination(4);
    while (again.hasRemaining()) {
      again.putFloat(5);
    }
    tensors.arrived(4);
    tensors.release(3);
    assertThat(closed).hasValue(1);
    ByteBuffer read = tensors.take(plan.inputs(5).get(0)).view(rows(T1, 0, 5).region());
    assertThat(read.getFloat(0)).isEqualTo(5);
  }

  private static void fill(ByteBuffer bytes, Region region) {
    int at = bytes.position();
    for (int row = region.rows().start(); row < region.rows().end(); row++) {
      for (int column = region.columns().start(); column < region.columns().end(); column++) {
        for (int c = region.channels().start(); c < region.channels().end(); c++) {
          bytes.putFloat(at, 100 * row + 10 * column + c);
          at += Float.BYTES;
        }
      }
    }
  }

  private static ByteBuffer filled(Region region) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect((int) region.bytes()).order(ByteOrder.nativeOrder());
    fill(bytes, region);
    return bytes;
  }
}
