package org.edgeld.workbench.ui.doubles;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.testfx.util.WaitForAsyncUtils;

/**
 * How long a test waits for a window.
 *
 * @param seconds until it gives up
 */
public record Patience(long seconds) {
  /** Waits until a condition holds and the window has drawn what follows from it. */
  public void await(BooleanSupplier condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, condition::getAsBoolean);
    WaitForAsyncUtils.waitForFxEvents();
  }
}
