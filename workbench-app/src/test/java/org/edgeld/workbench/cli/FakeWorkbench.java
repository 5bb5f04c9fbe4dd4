package org.edgeld.workbench.cli;

/** Lends the in-memory cluster to tests of other packages. */
public final class FakeWorkbench {
  private FakeWorkbench() {}

  /** Returns services that call {@code onClose} when they are closed. */
  public static CommandServices.Factory services(Runnable onClose) {
    FakeServices services = new FakeServices();
    services.onClose = onClose;
    return services.factory();
  }
}
