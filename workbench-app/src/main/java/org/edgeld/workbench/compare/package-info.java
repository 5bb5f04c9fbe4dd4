/**
 * Plans of several strategies for the same request, side by side. Command line and window show what
 * comes out.
 */
package org.edgeld.workbench.compare;
