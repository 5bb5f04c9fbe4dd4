package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.explain.Explanation;
import org.edgeld.workbench.trace.Span;

/** Why a frame takes as long as it does, as JSON. */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** Returns the explanation of a frame of these programs. */
  public static ObjectNode of(ProgramSet programs, Explanation explanation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sentence", explanation.sentence());
    json.putObject("busiest")
        .put("device", explanation.busiest().device().letter())
        .put("resource", explanation.busiest().resource().toString())
        .put("ms", explanation.busiest().nanos() / 1e6)
        .put("sharePercent", 100 * explanation.busyShare());
    ArrayNode path = json.putArray("criticalPath");
    for (Span span : explanation.path().spans()) {
      ObjectNode piece = path.addObject();
      Step step = programs.of(span.device()).steps().get(span.step());
      piece.put("device", span.device().letter());
      piece.put("kind", span.kind().name().toLowerCase(Locale.ROOT));
      piece.put("what", StepWords.of(programs.graph(), step));
      piece.put("step", span.step());
      piece.put("startMs", span.startNanos() / 1e6);
      piece.put("endMs", span.endNanos() / 1e6);
    }
    return json;
  }
}
