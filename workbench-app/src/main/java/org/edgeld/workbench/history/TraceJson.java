package org.edgeld.workbench.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/** A trace as JSON: of each kind of spans a list of device, step, start and end. */
final class TraceJson {
  /** Device, step, start and end. */
  private static final int NUMBERS = 4;

  private TraceJson() {}

  static ObjectNode of(Trace trace) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("latencyNanos", trace.latencyNanos());
    trace.clockErrorNanos().forEach(json.putArray("clockErrorNanos")::add);
    for (Span.Kind kind : Span.Kind.values()) {
      ArrayNode spans = json.putArray(name(kind));
      trace.spans().stream()
          .filter(span -> span.kind() == kind)
          .forEach(
              span ->
                  spans
                      .addArray()
                      .add(span.device().index())
                      .add(span.step())
                      .add(span.startNanos())
                      .add(span.endNanos()));
    }
    return json;
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @param devices how many there were
   * @throws JsonDefectException with a sentence that names the field
   */
  static Trace read(JsonFields json, int devices) throws JsonDefectException {
    List<Span> spans = new ArrayList<>();
    for (Span.Kind kind : Span.Kind.values()) {
      // an earlier workbench knew fewer kinds
      if (json.has(name(kind))) {
        for (List<Long> span : json.wholeLongLists(name(kind), NUMBERS, Long.MIN_VALUE)) {
          spans.add(span(json, kind, span, devices));
        }
      }
    }
    return new Trace(
        json.wholeLong("latencyNanos", 0), spans, longs(json, "clockErrorNanos", devices));
  }

  private static Span span(JsonFields json, Span.Kind kind, List<Long> numbers, int devices)
      throws JsonDefectException {
    if (numbers.get(0) < 0 || numbers.get(0) >= devices || numbers.get(3) < numbers.get(2)) {
      throw json.problem(
          name(kind), "(%s) is no span of a device".formatted(numbers), "the file was edited");
    }
    return new Span(
        new DeviceId(numbers.get(0).intValue()),
        kind,
        numbers.get(1).intValue(),
        numbers.get(2),
        numbers.get(3));
  }

  /** Reads as many whole numbers as there are devices. */
  static List<Long> longs(JsonFields json, String field, int devices) throws JsonDefectException {
    List<Long> values =
        json.numbers(field, 0, Long.MAX_VALUE).stream().map(Double::longValue).toList();
    if (values.size() != devices) {
      throw json.problem(
          field, "are %d, not %d".formatted(values.size(), devices), "the file was edited");
    }
    return values;
  }

  private static String name(Span.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
