package org.edgeld.workbench.cluster;

/** An agent could not do what it was asked; the message names the agent and the cause. */
public final class AgentFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String agent;

  public AgentFailure(String agent, String cause) {
    super(cause.contains(agent) ? cause : agent + ": " + cause);
    this.agent = agent;
  }

  /** Returns the agent's name. */
  public String agent() {
    return agent;
  }
}
