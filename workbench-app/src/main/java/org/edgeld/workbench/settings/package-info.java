/**
 * Where the workbench keeps what outlives a session. Every place can be overridden by an option,
 * and tests never use the defaults.
 */
package org.edgeld.workbench.settings;
