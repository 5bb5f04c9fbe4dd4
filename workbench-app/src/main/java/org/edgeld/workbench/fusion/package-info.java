/** Where fused blocks end. One class a rule, found by ServiceLoader. */
package org.edgeld.workbench.fusion;
