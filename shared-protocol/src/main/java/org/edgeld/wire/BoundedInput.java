package org.edgeld.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Kryo input that refuses any claimed length beyond the bytes at hand, before anything is allocated
 * for it: Kryo itself allocates whatever a peer claims. Every element costs at least one byte.
 */
final class BoundedInput extends Input {
  BoundedInput(byte[] bytes) {
    super(bytes);
  }

  /** Reads the length of a list, a string or an array whose elements take a byte or more each. */
  int readLength() {
    return require(readVarInt(true), 1);
  }

  /** Reads a string written by {@link ValueForm}. */
  String readText() {
    byte[] utf8 = super.readBytes(readLength());
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException e) {
      throw new KryoException("A string is not UTF-8.", e);
    }
  }

  private int require(int length, int elementBytes) {
    int left = limit - position;
    if (length < 0 || (long) length * elementBytes > left) {
      throw new KryoException(
          "A length (%d × %d bytes) exceeds the %d bytes left."
              .formatted(length, elementBytes, left));
    }
    return length;
  }

  @Override
  public byte[] readBytes(int length) {
    return super.readBytes(require(length, 1));
  }

  @Override
  public int[] readInts(int length) {
    return super.readInts(require(length, Integer.BYTES));
  }

  @Override
  public int[] readInts(int length, boolean optimizePositive) {
    return super.readInts(require(length, 1), optimizePositive);
  }

  @Override
  public long[] readLongs(int length) {
    return super.readLongs(require(length, Long.BYTES));
  }

  @Override
  public long[] readLongs(int length, boolean optimizePositive) {
    return super.readLongs(require(length, 1), optimizePositive);
  }

  @Override
  public float[] readFloats(int length) {
    return super.readFloats(require(length, Float.BYTES));
  }

  @Override
  public double[] readDoubles(int length) {
    return super.readDoubles(require(length, Double.BYTES));
  }

  @Override
  public short[] readShorts(int length) {
    return super.readShorts(require(length, Short.BYTES));
  }

  @Override
  public char[] readChars(int length) {
    return super.readChars(require(length, Character.BYTES));
  }

  @Override
  public boolean[] readBooleans(int length) {
    return super.readBooleans(require(length, 1));
  }

  /** Refuses: Kryo's own strings are not part of this protocol, and are sized by the peer. */
  @Override
  public String readString() {
    throw new KryoException("A string is not in this protocol's form.");
  }

  /** Refuses, as {@link #readString}. */
  @Override
  public StringBuilder readStringBuilder() {
    throw new KryoException("A string is not in this protocol's form.");
  }
}
