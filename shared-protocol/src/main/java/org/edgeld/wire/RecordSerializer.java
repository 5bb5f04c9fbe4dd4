package org.edgeld.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

/**
 * A record as its components in declared order, rebuilt through its canonical constructor, so that
 * its own checks hold for whatever a peer sends. Kryo's own record serializer sorts components by
 * name and admits nulls. Stateless, shared by all threads.
 */
final class RecordSerializer extends Serializer<Object> {
  private final Constructor<?> constructor;
  private final Method[] accessors;
  private final ValueForm[] forms;

  RecordSerializer(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    accessors = new Method[components.length];
    forms = new ValueForm[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      accessors[i] = components[i].getAccessor();
      forms[i] = ValueForm.of(components[i].getGenericType());
      types[i] = components[i].getType();
    }
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " is no record.", e);
    }
  }

  @Override
  public void write(Kryo kryo, Output output, Object value) {
    for (int i = 0; i < forms.length; i++) {
      Object component = component(value, accessors[i]);
      if (component == null) {
        throw new KryoException("The component " + accessors[i] + " is null.");
      }
      forms[i].write(kryo, output, component);
    }
  }

  @Override
  public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
    Object[] components = new Object[forms.length];
    for (int i = 0; i < forms.length; i++) {
      components[i] = forms[i].read(kryo, (BoundedInput) input);
    }
    try {
      return constructor.newInstance(components);
    } catch (InvocationTargetException e) {
      throw new KryoException(e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new KryoException("Cannot build a " + type.getSimpleName() + ".", e);
    }
  }

  private static Object component(Object value, Method accessor) {
    try {
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new KryoException("Cannot read " + accessor + ".", e);
    }
  }
}
