package org.edgeld.workbench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.edgeld.program.Precision;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class MethodJsonTest {
  private static final int METHODS = 200;

  /** Written by a workbench that knew neither overlap nor precision. */
  private static final String EARLIER =
      "{'strategy': 'ftp', 'options': {'grid': '2x2'}, 'fusion': 'layer', 'poolsOnHead': true,"
          + " 'routing': 'head', 'headRole': 'leader'}";

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static Method read(ObjectNode json) throws JsonDefectException {
    return MethodJson.read(JsonDocument.of(json, "The method"));
  }

  private static <T> T any(SplittableRandom random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < METHODS; i++) {
      Method method =
          new Method(
              any(random, List.of("ocbp", "joint", "ftp")),
              any(random, List.of(Map.of(), Map.of("grid", "2x2"), Map.of("a", "1", "b", "2"))),
              any(random, List.of("layer", "between-pools", "3")),
              random.nextBoolean(),
              any(random, List.of(Routing.values())),
              any(random, List.of(HeadRole.values())),
              any(random, List.of(Overlap.values())),
              any(random, List.of(Precision.values())));
      assertThat(read(MethodJson.of(method))).isEqualTo(method);
    }
  }

  @Test
  void earlierFilesMeanWholeStripsThatTravelAsFloat32() throws Exception {
    assertThat(read(json(EARLIER)))
        .isEqualTo(
            Method.of("ftp")
                .with(Map.of("grid", "2x2"))
                .withFusion("layer")
                .withPoolsOnHead(true)
                .with(Routing.HEAD)
                .with(HeadRole.LEADER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routing     | "tail"    | routing ("tail") is not a routing. Maybe one of head, peer.
          routing     | "pear"    | routing ("pear") is not a routing. Maybe "peer". Allowed: head, peer.
          headRole    | "boss"    | headRole ("boss") is not a role. Maybe one of worker, leader.
          overlap     | "outo"    | overlap ("outo") is not a choice of overlap. Maybe "auto". Allowed: auto, on, off.
          precision   | "int9"    | precision ("int9") is not a precision. Maybe "int8". Allowed:
          poolsOnHead | 1         | poolsOnHead (1) is neither true nor false.
          options     | {"n": 2}  | options.n (2) is no text.
          strategy    | null      | strategy (null) is no text.
          """)
  void whatIsWrongIsNamedWithAWayOut(String field, String value, String sentence) throws Exception {
    ObjectNode json = json(EARLIER);
    json.set(field, new ObjectMapper().readTree(value));
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageStartingWith("The method: " + sentence)
        .hasMessageContaining("Maybe");
  }
}
