package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.agent.runtime.TwoDevices.A;
import static org.edgeld.agent.runtime.TwoDevices.B;
import static org.edgeld.agent.runtime.TwoDevices.T0;
import static org.edgeld.agent.runtime.TwoDevices.T1;
import static org.edgeld.agent.runtime.TwoDevices.programs;
import static org.edgeld.agent.runtime.TwoDevices.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.geometry.Range;
import org.junit.jupiter.api.Test;

class FrameTensorsTest {
  private static final int ROW_BYTES = TwoDevices.ROW_FLOATS * Float.BYTES;

  private final BufferPool pool = new BufferPool();
  private final FrameTensors head = new FrameTensors(new TensorPlan(programs(), A), pool);

  private final AtomicInteger closed = new AtomicInteger();

  private TileResult result(int rows, float value) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(rows * ROW_BYTES).order(ByteOrder.nativeOrder());
    while (bytes.hasRemaining()) {
      bytes.putFloat(value);
    }
    bytes.flip();
    return new TileResult() {
      @Override
      public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.nativeOrder());
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Test
  void sharedRowsAreFreedOnceByTheLastHolder() {
    AtomicInteger freed = new AtomicInteger();
    SharedRows rows =
        new SharedRows(
            new Range(3, 5),
            ROW_BYTES,
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
    SharedRows rows = new SharedRows(new Range(3, 7), ROW_BYTES, bytes, () -> {});
    rows.view(new Range(5, 6)).putFloat(0, 42);
    assertThat(bytes.getFloat(2 * ROW_BYTES)).isEqualTo(42);
    assertThat(rows.view(new Range(5, 7)).remaining()).isEqualTo(2 * ROW_BYTES);
    assertThatThrownBy(() -> rows.view(new Range(2, 5))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new SharedRows(new Range(0, 3), ROW_BYTES, bytes, () -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void computedRowsAndArrivedRowsAreReadAsOne() throws IOException {
    ByteBuffer arriving = head.destination(rows(T1, 5, 8));
    while (arriving.hasRemaining()) {
      arriving.putFloat(7);
    }
    head.arrived(2);
    head.put(T1, new Range(0, 5), result(5, 3));
    ByteBuffer all = head.rows(T1, new Range(0, 8)).view(new Range(0, 8));
    for (int row = 0; row < 8; row++) {
      assertThat(all.getFloat(row * ROW_BYTES)).as("row %d", row).isEqualTo(row < 5 ? 3 : 7);
    }
    // what lies within the computed rows is read there, without the copy
    assertThat(head.rows(T1, new Range(1, 4)).rows()).isEqualTo(new Range(0, 5));
  }

  @Test
  void releasedTensorStaysWhileItIsBeingSent() {
    head.put(T1, new Range(0, 5), result(5, 1));
    SharedRows sending = head.rows(T1, new Range(0, 5));
    sending.retain();
    head.release(T1);
    assertThat(closed).hasValue(0);
    sending.release();
    assertThat(closed).hasValue(1);
  }

  @Test
  void windowsGoBackToThePoolAndComeAgain() {
    head.destination(rows(T0, 0, 8));
    assertThat(pool.allocatedBytes()).isEqualTo(8 * ROW_BYTES);
    head.put(T1, new Range(0, 5), result(5, 1));
    head.releaseAll();
    assertThat(closed).hasValue(1);
    long allocated = pool.allocatedBytes();
    FrameTensors next = new FrameTensors(new TensorPlan(programs(), A), pool);
    next.destination(rows(T0, 0, 8));
    next.destination(rows(T1, 5, 8));
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
  void nothingArrivesTwice() throws IOException {
    head.arrived(2);
    head.inputArrived();
    assertThat(head.arrival(2)).isCompleted();
    assertThat(head.input()).isCompleted();
    assertThatThrownBy(() -> head.arrived(2)).isInstanceOf(IOException.class);
    assertThatThrownBy(head::inputArrived).isInstanceOf(IOException.class);
  }

  @Test
  void failureEndsAllWaiting() {
    head.fail(new IOException("gone"));
    assertThat(head.input()).isCompletedExceptionally();
    assertThat(head.arrival(2)).isCompletedExceptionally();
  }

  @Test
  void otherDeviceReadsItsComputedRowsWithoutAWindow() {
    FrameTensors other = new FrameTensors(new TensorPlan(programs(), B), pool);
    other.put(T1, new Range(5, 8), result(3, 9));
    assertThat(other.rows(T1, new Range(5, 8)).view(new Range(6, 7)).getFloat(0)).isEqualTo(9);
    assertThat(pool.allocatedBytes()).isZero();
  }
}
