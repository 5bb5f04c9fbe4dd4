package org.edgeld.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;

/**
 * Where everything that a program touches lies in the memory of a frame. Written once, when the
 * program is read.
 */
final class MemoryMap {
  private final List<Place> places = new ArrayList<>();
  private final Map<Operand, Part> parts = new HashMap<>();
  private final Map<Operand, Computed> computed = new HashMap<>();

  /**
   * Names what a step takes or brings.
   *
   * @param step position in the program; {@link #BEFORE} and one past the last step stand for what
   *     happens before and behind it
   * @param index which of the step's slices
   */
  record Operand(int step, int index) {
    /** Stands for the time before the first step. */
    static final int BEFORE = -1;
  }

  /**
   * Memory for one region of a tensor.
   *
   * @param region which part of the tensor
   * @param margin rows of zeros around it, in a window only
   * @param window whether it is a buffer of the pool in which received and computed parts meet;
   *     else it is a computed result in the engine's own memory
   */
  record Place(Region region, RowMargin margin, boolean window) {
    /** Returns the size with the margin as float32 in bytes. */
    long bytes() {
      return margin.bytesAround(region);
    }
  }

  /**
   * What becomes of a computed slice.
   *
   * @param place where it lies
   * @param kept whether it is used there; else only its copies are
   * @param copies parts to be copied into windows
   */
  record Computed(int place, boolean kept, List<Copy> copies) {
    Computed {
      copies = List.copyOf(copies);
    }
  }

  /**
   * A part of a computed slice that is needed in a window.
   *
   * @param window the window's place
   * @param region which part
   */
  record Copy(int window, Region region) {}

  /** Adds a window between rows of zeros and returns its place. */
  int window(Region region, RowMargin margin) {
    places.add(new Place(region, margin, true));
    return places.size() - 1;
  }

  /** Adds a computed result and returns its place. */
  int result(Region region) {
    places.add(new Place(region, RowMargin.NONE, false));
    return places.size() - 1;
  }

  /** Says where an operand is taken from or goes to. */
  void put(Operand operand, int place, Region region) {
    put(operand, place, region, RowMargin.NONE);
  }

  /** Says where an operand is taken from that is read between rows of zeros. */
  void put(Operand operand, int place, Region region, RowMargin margin) {
    Region whole = places.get(place).region();
    boolean inOnePiece =
        margin.isNone()
            ? Nhwc.inOnePiece(region, whole)
            : whole.with(Axis.ROWS, region.rows()).equals(region);
    parts.put(operand, new Part(place, region, margin, inOnePiece));
  }

  /** Says what becomes of a computed operand. */
  void put(Operand operand, Computed slice) {
    computed.put(operand, slice);
  }

  /** Returns all places of a frame. */
  List<Place> places() {
    return places;
  }

  /** Returns where a received, sent, read or yielded operand is. */
  Part part(int step, int index) {
    return parts.get(new Operand(step, index));
  }

  /** Returns what becomes of a computed operand. */
  Computed computed(int step, int index) {
    return computed.get(new Operand(step, index));
  }
}
