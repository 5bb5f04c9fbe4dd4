package org.edgeld.workbench.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.edgeld.agent.codec.SliceCodec;
import org.edgeld.program.Precision;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long writing and reading a slice of 3 MB takes, of float32 values as they come out of a ReLU:
 * half of them zero, in no order. One millisecond is 3 GB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class SliceCodecBenchmark {
  private static final int VALUES = 750_000;

  @Param({"FLOAT16", "INT8", "LOSSLESS"})
  Precision precision = Precision.FLOAT16;

  private final ByteBuffer values = direct(VALUES * Float.BYTES);
  private final ByteBuffer back = direct(VALUES * Float.BYTES);
  private SliceCodec codec;
  private ByteBuffer written;

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Makes the slice. */
  @Setup
  public void fill() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < VALUES; i++) {
      values.putFloat(i * Float.BYTES, (float) Math.max(0, random.nextGaussian()));
    }
    codec = SliceCodec.of(precision);
    written = direct((int) precision.mostBytes(VALUES));
    written.limit(codec.encode(values, written));
  }

  /** Writes it. */
  @Benchmark
  public int write() throws IOException {
    return codec.encode(values, written.clear());
  }

  /** Reads it. */
  @Benchmark
  public ByteBuffer read() throws IOException {
    codec.decode(written, back);
    return back;
  }
}
