/**
 * Long work started from the window: off the window's thread, with progress, cancel, and what
 * failed in plain words.
 */
package org.edgeld.workbench.ui.job;
