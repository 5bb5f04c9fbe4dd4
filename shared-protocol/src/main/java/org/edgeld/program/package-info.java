/**
 * A plan compiled into one ordered list of steps per device. Executor, checker, simulator and
 * pictures all read these same programs.
 */
package org.edgeld.program;
