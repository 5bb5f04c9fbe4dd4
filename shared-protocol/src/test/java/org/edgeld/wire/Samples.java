package org.edgeld.wire;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.edgeld.program.Deployment;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.PeerAddress;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/** Values of the types that travel: random ones of any record, and a deployment that is valid. */
public final class Samples {
  private Samples() {}

  /** Returns all records among the cases of a sealed interface, however deep. */
  public static Stream<Class<?>> cases(Class<?> sealed) {
    return sealed.isSealed()
        ? Stream.of(sealed.getPermittedSubclasses()).flatMap(Samples::cases)
        : Stream.of(sealed);
  }

  /** Returns a random value of a record, a list, an enum or a simple type. */
  public static Object random(Type type, Random random) {
    if (type instanceof ParameterizedType list) {
      List<Object> values = new ArrayList<>();
      // weights have one extent at least
      for (int i = random.nextInt(3); i >= 0; i--) {
        values.add(random(list.getActualTypeArguments()[0], random));
      }
      return List.copyOf(values);
    }
    Class<?> c = (Class<?>) type;
    if (c == int.class || c == Integer.class) {
      return 1 + random.nextInt(1 << random.nextInt(20));
    } else if (c == long.class) {
      return random.nextLong() >>> (1 + random.nextInt(62));
    } else if (c == double.class) {
      return (1 + random.nextInt(1000)) / 1000.0;
    } else if (c == float.class) {
      return random.nextFloat();
    } else if (c == boolean.class) {
      return random.nextBoolean();
    } else if (c == String.class) {
      return "Gerät " + random.nextInt() + " \u2192";
    } else if (c == long[].class) {
      return random.longs(random.nextInt(5)).toArray();
    } else if (c.isEnum()) {
      return Array.get(c.getEnumConstants(), random.nextInt(c.getEnumConstants().length));
    } else if (c == Range.class) {
      int start = random.nextInt(100);
      return new Range(start, start + random.nextInt(100));
    } else if (c == Sha256.class) {
      return new Sha256("%064x".formatted(random.nextInt(Integer.MAX_VALUE)));
    } else if (c.isSealed()) {
      List<Class<?>> cases = cases(c).toList();
      return random(cases.get(random.nextInt(cases.size())), random);
    }
    return record(c, random);
  }

  private static Object record(Class<?> type, Random random) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    // not every combination is valid; the records say which are
    for (int attempt = 0; attempt < 10_000; attempt++) {
      try {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = random(components[i].getGenericType(), random);
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        if (attempt == 9_999) {
          throw new IllegalStateException("No valid " + type, e);
        }
      }
    }
    throw new IllegalStateException();
  }

  /** Returns what an agent might say of itself. */
  public static AgentInfo agent(String id, String name) {
    return new AgentInfo(
        id,
        name,
        "0.1.0",
        ProtocolVersion.CURRENT,
        47300,
        47301,
        "Cortex-A72",
        "aarch64",
        "6.6.31-v8+",
        "ondemand",
        4,
        4,
        4L << 30,
        "PyTorch 2.7.1",
        Emulation.NONE,
        false);
  }

  /** Returns a small network with weights of both kinds. */
  public static ModelGraph graph() {
    List<Layer> layers =
        List.of(
            layer(
                0,
                new Operator.Conv2d(
                    3, 8, Window.of(3, 1, 1), Window.of(3, 1, 1), 1, Activation.RELU),
                new WeightRef.Seeded(7, 0.25f, List.of(8, 3, 3, 3)),
                new WeightRef.Seeded(8, 0.25f, List.of(8))),
            layer(
                1,
                new Operator.Pool2d(
                    Operator.PoolKind.MAX, Window.of(2, 2, 0), Window.of(2, 2, 0), false, false)),
            layer(2, new Operator.Activate(Activation.RELU)),
            layer(3, new Operator.Reduce(Operator.Reduction.MEAN, Axes.COLUMNS)),
            layer(4, new Operator.Reduce(Operator.Reduction.MEAN, Axes.ROWS)),
            layer(
                5,
                new Operator.Linear(8, 10, Activation.NONE),
                new WeightRef.Stored(new Sha256("ab".repeat(32)), List.of(10, 8)),
                new WeightRef.Seeded(-9, 0.5f, List.of(10))),
            layer(6, new Operator.Softmax(Axes.CHANNELS)));
    return ModelGraph.of("small", new TensorShape(3, 16, 16), layers);
  }

  private static Layer layer(int index, Operator operator, WeightRef... weights) {
    return new Layer("layer" + index, operator, List.of(new TensorId(index)), List.of(weights));
  }

  /** Returns a deployment of {@link #graph} on two devices, with every kind of step. */
  public static Deployment deployment() {
    ModelGraph graph = graph();
    Slice input = Slice.rows(TensorId.INPUT, graph.input(), new Range(0, 9));
    Slice output = Slice.rows(new TensorId(2), graph.shapes().get(2), new Range(0, 4));
    DeviceProgram head =
        new DeviceProgram(
            new DeviceId(0),
            List.of(
                new Step.Send(input, new DeviceId(1)),
                new Step.Receive(output, new DeviceId(1)),
                new Step.Compute(
                    new Block(2, 7),
                    List.of(Slice.whole(new TensorId(7), graph.shapes().get(7))))));
    DeviceProgram worker =
        new DeviceProgram(
            new DeviceId(1),
            List.of(
                new Step.Receive(input, new DeviceId(0)),
                new Step.Compute(new Block(0, 2), List.of(output)),
                new Step.Release(TensorId.INPUT),
                new Step.Send(output, new DeviceId(0))));
    return new Deployment(
        new DeploymentId(0x1234_5678_9abc_def0L),
        new ProgramSet(graph, new DeviceId(0), List.of(head, worker)),
        List.of(new PeerAddress("a", "10.0.0.1", 47301), new PeerAddress("b", "10.0.0.2", 47301)),
        3,
        Precision.FLOAT16);
  }
}
