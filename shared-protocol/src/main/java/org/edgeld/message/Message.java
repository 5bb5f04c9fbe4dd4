package org.edgeld.message;

/** Anything that travels over the control plane once both sides are authenticated. */
public sealed interface Message permits WorkbenchMessage, AgentMessage {}
