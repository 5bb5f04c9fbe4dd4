package org.edgeld.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How one component of a record looks on the wire, by its declared type:
 *
 * <pre>
 * int, long     zigzag variable length        enum     its name as text
 * boolean       one byte                      long[]   length, zigzag numbers
 * float, double IEEE 754, little-endian       List     length, elements; decoded immutable
 * String        length, UTF-8                 record   its components in declared order
 * sealed interface   pinned number of the case, then the case
 * </pre>
 *
 * Lengths are unsigned variable-length numbers. Null has no form.
 */
interface ValueForm {
  /** Writes a value of this form's type. */
  void write(Kryo kryo, Output output, Object value);

  /** Reads a value of this form's type. */
  Object read(Kryo kryo, BoundedInput input);

  /**
   * Returns the form of a declared type.
   *
   * @throws IllegalArgumentException if such values cannot travel
   */
  static ValueForm of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new ListForm(of(list.getActualTypeArguments()[0]));
    }
    if (type instanceof Class<?> c) {
      for (Simple simple : Simple.values()) {
        if (simple.type == c || simple.boxed == c) {
          return simple;
        }
      }
      if (c.isEnum()) {
        return new EnumForm(c);
      }
      if (c.isRecord()) {
        return new RecordForm(c);
      }
      if (c.isSealed()) {
        return new CaseForm(c);
      }
    }
    throw new IllegalArgumentException("Values of type " + type + " have no form on the wire.");
  }

  /** Types without structure. */
  enum Simple implements ValueForm {
    INT(int.class, Integer.class) {
      @Override
      public void write(Kryo kryo, Output output, Object value) {
        output.writeVarInt((Integer) value, false);
      }

      @Override
      public Object read(Kryo kryo, BoundedInput input) {
        return input.readVarInt(false);
      }
    },
    LONG(long.class, Long.class) {
      @Override
      public void write(Kryo kryo, Output output, Object value) {
        output.writeVarLong((Long) value, false);
      }

      @Override
      public Object read(Kryo kryo, BoundedInput input) {
        return input.readVarLong(false);
      }
    },
    BOOLEAN(boolean.class, Boolean.class) {
      @Override
      public void write(Kryo kryo, Output output, Object value) {
        output.writeBoolean((Boolean) value);
      }

      @Override
      public Object read(Kryo kryo, BoundedInput input) {
        return input.readBoolean();
      }
    },
    FLOAT(float.class, Float.class) {
      @Override
      public void write(Kryo kryo, Output output, Object value) {
        output.writeFloat((Float) value);
      }

      @Override
      public Object read(Kryo kryo, BoundedInput input) {
        return input.readFloat();
      }
    },
    DOUBLE(double.class, Double.class) {
      @Override
      public void write(Kryo kryo, Output output, Object value) {
        output.writeDouble((Double) value);
      }

      @Override
      public Object read(Kryo kryo, BoundedInput input) {
        return input.readDouble();
      }
    },
    TEXT(String.class, String.class) {
      @Override
      public void write(Kryo kryo, Output output, Object value) {
        byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
        output.writeVarInt(utf8.length, true);
        output.writeBytes(utf8);
      }

      @Override
      public Object read(Kryo kryo, BoundedInput input) {
        return input.readText();
      }
    },
    LONGS(long[].class, long[].class) {
      @Override
      public void write(Kryo kryo, Output output, Object value) {
        long[] numbers = (long[]) value;
        output.writeVarInt(numbers.length, true);
        for (long number : numbers) {
          output.writeVarLong(number, false);
        }
      }

      @Override
      public Object read(Kryo kryo, BoundedInput input) {
        long[] numbers = new long[input.readLength()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = input.readVarLong(false);
        }
        return numbers;
      }
    };

    private final Class<?> type;
    private final Class<?> boxed;

    Simple(Class<?> type, Class<?> boxed) {
      this.type = type;
      this.boxed = boxed;
    }
  }

  /**
   * An immutable list.
   *
   * @param element form of the elements
   */
  record ListForm(ValueForm element) implements ValueForm {
    @Override
    public void write(Kryo kryo, Output output, Object value) {
      List<?> list = (List<?>) value;
      output.writeVarInt(list.size(), true);
      for (Object each : list) {
        element.write(kryo, output, each);
      }
    }

    @Override
    public Object read(Kryo kryo, BoundedInput input) {
      int size = input.readLength();
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(element.read(kryo, input));
      }
      return List.copyOf(list);
    }
  }

  /**
   * An enum by name: an ordinal changes its meaning when a constant is inserted.
   *
   * @param type the enum
   */
  record EnumForm(Class<?> type) implements ValueForm {
    @Override
    public void write(Kryo kryo, Output output, Object value) {
      Simple.TEXT.write(kryo, output, ((Enum<?>) value).name());
    }

    @Override
    public Object read(Kryo kryo, BoundedInput input) {
      String name = input.readText();
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(name)) {
          return constant;
        }
      }
      throw new KryoException(type.getSimpleName() + " has no constant of the name sent.");
    }
  }

  /**
   * A record whose class is known from the declaration.
   *
   * @param type the record
   */
  record RecordForm(Class<?> type) implements ValueForm {
    @Override
    public void write(Kryo kryo, Output output, Object value) {
      kryo.writeObject(output, value, kryo.getSerializer(type));
    }

    @Override
    public Object read(Kryo kryo, BoundedInput input) {
      return kryo.readObject(input, type, kryo.getSerializer(type));
    }
  }

  /**
   * One of a sealed interface's cases; the number is checked against the declaration before
   * anything of the case is read, so types nest no deeper than they are declared.
   *
   * @param type the sealed interface
   */
  record CaseForm(Class<?> type) implements ValueForm {
    @Override
    public void write(Kryo kryo, Output output, Object value) {
      Registration registration = kryo.writeClass(output, value.getClass());
      kryo.writeObject(output, value, registration.getSerializer());
    }

    @Override
    public Object read(Kryo kryo, BoundedInput input) {
      Registration registration = kryo.readClass(input);
      if (registration == null || !type.isAssignableFrom(registration.getType())) {
        throw new KryoException(
            "Something else stands where a " + type.getSimpleName() + " is due.");
      }
      Class<?> sent = registration.getType();
      return kryo.readObject(input, sent, registration.getSerializer());
    }
  }
}
