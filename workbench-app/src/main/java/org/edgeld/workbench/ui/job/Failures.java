package org.edgeld.workbench.ui.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.image.InputException;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.run.RunFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts failures into words a researcher can act on. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Returns one sentence for the user; what nobody foresaw is logged with its stack trace. */
  public static String sentence(Throwable failure) {
    if (failure instanceof ClusterException
        || failure instanceof RunFailedException
        || failure instanceof InfeasiblePlanException
        || failure instanceof InputException
        || failure instanceof HistoryException
        || failure instanceof JsonDefectException
        || failure instanceof ModelFileException
        || failure instanceof SweepFolderException
        || failure instanceof IllegalArgumentException) {
      return orName(failure);
    }
    if (failure instanceof UncheckedIOException unchecked) {
      return sentence(unchecked.getCause());
    }
    if (failure instanceof AccessDeniedException denied) {
      return "The file "
          + denied.getFile()
          + " cannot be accessed. Maybe you lack the permission for its folder.";
    }
    if (failure instanceof NoSuchFileException missing) {
      return "The file " + missing.getFile() + " does not exist. Maybe its folder is missing.";
    }
    if (failure instanceof IOException) {
      return orName(failure);
    }
    LOG.error("Unexpected failure", failure);
    return "Something unexpected went wrong ("
        + orName(failure)
        + "). Maybe try again; the log has the details.";
  }

  private static String orName(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
