package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.runtime.MemoryMap.Computed;
import org.edgeld.agent.runtime.MemoryMap.Copy;
import org.edgeld.agent.runtime.MemoryMap.Operand;
import org.edgeld.agent.runtime.MemoryMap.Place;
import org.edgeld.geometry.Region;
import org.edgeld.program.Precision;

/**
 * The tensors of one frame on this device. Reader threads ask where an arriving slice goes, which
 * each is told once, and report it there; everything else is called by the runner's thread alone.
 *
 * <p>What lies in one piece where it is used is never copied: rows of full width, and channels of a
 * 1×1 map. These are copied, each as {@link Nhwc#copy} says:
 *
 * <ul>
 *   <li>of a computed slice, what meets other slices or rows of zeros in a window, once;
 *   <li>an arriving slice that lies in pieces in its window, by the reader thread as soon as it is
 *       complete: beside what is being computed, and not slowed down by emulation;
 *   <li>a slice to be sent or read that lies in pieces where it is held, by the runner's thread.
 * </ul>
 *
 * <p>A slice that arrives in another precision than float32 comes into a buffer of its own, from
 * which {@link Serialisation} puts its values where a slice of float32 would have gone.
 */
final class FrameTensors {
  private final TensorPlan plan;
  private final BufferPool pool;
  private final Serialisation serialisation;
  private final Map<Integer, SharedRegion> held = new HashMap<>();
  private final Map<Integer, SharedRegion> arriving = new ConcurrentHashMap<>();

  /** Slices that arrive in another precision, as they travel. */
  private final Map<Integer, ByteBuffer> serialised = new ConcurrentHashMap<>();

  /** Receive steps whose slice, and {@link Operand#BEFORE} if the input, is coming or here. */
  private final Set<Integer> claimed = ConcurrentHashMap.newKeySet();

  private final Exchanges exchanges;

  /** Guarded by {@link #held}. */
  private boolean over;

  /**
   * @param plan where everything lies
   * @param pool the memory
   * @param serialisation how slices travel
   * @param wake wakes the runner
   */
  FrameTensors(TensorPlan plan, BufferPool pool, Serialisation serialisation, Runnable wake) {
    this.plan = plan;
    this.pool = pool;
    this.serialisation = serialisation;
    this.exchanges = new Exchanges(plan, serialisation.needed(), wake);
  }

  /**
   * Returns where the slice goes that receive step {@code step} waits for.
   *
   * @throws IOException at the second call for a step: two must not write there, nor anybody when
   *     the frame has gone on
   */
  ByteBuffer destination(int step) throws IOException {
    claim(step);
    synchronized (held) {
      requireUnderWay();
      return arriving(step).view(plan.received(step).region());
    }
  }

  /**
   * Returns where the slice goes that receive step {@code step} waits for and that comes in another
   * precision than float32: a buffer from which {@link #arrived} reads it.
   *
   * @param form how it comes
   * @param bytes its length
   * @throws IOException as above
   */
  ByteBuffer destination(int step, Precision form, int bytes) throws IOException {
    claim(step);
    long most = form.mostBytes(plan.received(step).region().elements());
    synchronized (held) {
      requireUnderWay();
      ByteBuffer buffer = pool.take((int) most).limit(bytes);
      serialised.put(step, buffer);
      return buffer.duplicate();
    }
  }

  private void claim(int step) throws IOException {
    if (!claimed.add(step)) {
      throw new IOException("The slice of step " + step + " arrives twice in one frame.");
    }
  }

  /** Returns memory in which the slice of a receive step lies in one piece. */
  private SharedRegion arriving(int step) {
    Part part = plan.received(step);
    return part.inOnePiece()
        ? held(part.place())
        : arriving.computeIfAbsent(step, s -> pooled(part.region(), RowMargin.NONE));
  }

  /**
   * The slice that receive step {@code step} waits for is where it was to go.
   *
   * @throws IOException if it is damaged
   */
  void arrived(int step) throws IOException {
    ByteBuffer form = serialised.remove(step);
    if (form != null) {
      read(step, form);
    }
    SharedRegion packed = arriving.remove(step);
    if (packed != null) {
      long start = System.nanoTime();
      unpack(packed, plan.received(step).place());
      packed.release();
      exchanges.assembled().put(step, start, System.nanoTime());
    }
    exchanges.arrived(step);
  }

  private void read(int step, ByteBuffer form) throws IOException {
    SharedRegion target;
    synchronized (held) {
      if (over) {
        pool.give(form);
        return;
      }
      target = arriving(step);
      target.retain();
    }
    try {
      serialisation.read(form, target.view(plan.received(step).region()), step, exchanges);
    } finally {
      target.release();
      pool.give(form);
    }
  }

  private void unpack(SharedRegion packed, int place) {
    SharedRegion window;
    synchronized (held) {
      if (over) {
        return;
      }
      window = held(place);
      window.retain();
    }
    packed.copyTo(window, packed.region());
    window.release();
  }

  /**
   * Returns where the model's input goes.
   *
   * @throws IOException at the second call
   */
  ByteBuffer inputDestination() throws IOException {
    if (!claimed.add(Operand.BEFORE)) {
      throw new IOException("The input arrives twice for one frame.");
    }
    synchronized (held) {
      requireUnderWay();
      return held(plan.input().place()).view(plan.input().region());
    }
  }

  /** Whoever comes while the runner is closed must take no memory that nobody gives back. */
  private void requireUnderWay() throws IOException {
    if (over) {
      throw new IOException("The frame is over.");
    }
  }

  /** The model's input is in its place. */
  void inputArrived() {
    exchanges.arrived(Operand.BEFORE);
  }

  /** Returns what has come and left. */
  Exchanges exchanges() {
    return exchanges;
  }

  /**
   * Runs a compute step on what is held here.
   *
   * @param clock tells how long this device has worked
   * @return for how much of that time slices were copied
   */
  long compute(int step, LoadedModel model, Pacer pacer, LongSupplier clock) {
    List<Part> parts = plan.inputs(step);
    List<SharedRegion> inputs = new ArrayList<>();
    long packing = 0;
    TileResult result;
    try {
      long start = clock.getAsLong();
      List<ByteBuffer> views = new ArrayList<>();
      for (Part part : parts) {
        SharedRegion input = take(part);
        inputs.add(input);
        views.add(input.view(part));
      }
      if (!parts.stream().allMatch(Part::inOnePiece)) {
        packing = clock.getAsLong() - start;
      }
      result = model.compute(plan.tile(step), views, pacer);
    } finally {
      inputs.forEach(SharedRegion::release);
    }
    return packing + put(step, result, clock);
  }

  /**
   * Takes the result of a compute step, which is closed when none of its slices is needed any more,
   * and copies into windows what meets other slices there.
   *
   * @param clock tells how long this device has worked
   * @return for how much of that time slices were copied
   */
  long put(int step, TileResult result, LongSupplier clock) {
    List<Computed> slices = plan.computed(step);
    AtomicInteger open = new AtomicInteger(slices.size());
    List<SharedRegion> own = new ArrayList<>();
    try {
      for (int i = 0; i < slices.size(); i++) {
        own.add(
            new SharedRegion(
                region(slices.get(i).place()),
                result.bytes(i),
                () -> {
                  if (open.decrementAndGet() == 0) {
                    result.close();
                  }
                }));
      }
    } catch (RuntimeException | Error e) {
      result.close();
      throw e;
    }
    try {
      return copyIntoWindows(slices, own, clock);
    } finally {
      for (int i = 0; i < slices.size(); i++) {
        keep(slices.get(i), own.get(i));
      }
    }
  }

  private long copyIntoWindows(List<Computed> slices, List<SharedRegion> own, LongSupplier clock) {
    if (slices.stream().allMatch(slice -> slice.copies().isEmpty())) {
      return 0;
    }
    long start = clock.getAsLong();
    for (int i = 0; i < slices.size(); i++) {
      for (Copy copy : slices.get(i).copies()) {
        own.get(i).copyTo(held(copy.window()), copy.region());
      }
    }
    return clock.getAsLong() - start;
  }

  private void keep(Computed slice, SharedRegion own) {
    if (slice.kept()) {
      synchronized (held) {
        held.put(slice.place(), own);
      }
    } else {
      own.release();
    }
  }

  /**
   * Returns memory in which a part lies in one piece, for the caller to {@link
   * SharedRegion#release}: where it is held, or a packed copy.
   */
  SharedRegion take(Part part) {
    SharedRegion own = held(part.place());
    if (part.inOnePiece()) {
      own.retain();
      return own;
    }
    SharedRegion packed = pooled(part.region(), part.margin());
    own.copyTo(packed, part.region());
    return packed;
  }

  /** Returns what lies at a place; a window comes into being when it is first asked for. */
  private SharedRegion held(int place) {
    synchronized (held) {
      SharedRegion own = held.get(place);
      if (own == null) {
        Place window = plan.places().get(place);
        if (!window.window()) {
          throw new IllegalStateException("The result at place " + place + " is not here.");
        }
        own = pooled(window.region(), window.margin());
        held.put(place, own);
      }
      return own;
    }
  }

  private Region region(int place) {
    return plan.places().get(place).region();
  }

  private SharedRegion pooled(Region region, RowMargin margin) {
    ByteBuffer buffer = pool.take((int) margin.bytesAround(region));
    return new SharedRegion(region, margin, buffer, () -> pool.give(buffer));
  }

  /** Lets go of what a release step gives up; sends under way keep theirs until they are done. */
  void release(int step) {
    plan.released(step).forEach(this::letGo);
  }

  private void letGo(int place) {
    SharedRegion own;
    synchronized (held) {
      own = held.remove(place);
    }
    if (own != null) {
      own.release();
    }
  }

  /** Lets go of everything. */
  void releaseAll() {
    List<Integer> places;
    synchronized (held) {
      over = true;
      places = List.copyOf(held.keySet());
    }
    places.forEach(this::letGo);
    for (int step : serialised.keySet()) {
      ByteBuffer form = serialised.remove(step);
      if (form != null) {
        pool.give(form);
      }
    }
    for (int step : arriving.keySet()) {
      SharedRegion packed = arriving.remove(step);
      if (packed != null) {
        packed.release();
      }
    }
  }
}
