/**
 * How regular a device is: its measured layer times fitted by a few numbers per class of operators,
 * and how well these predict layers they have not seen.
 */
package org.edgeld.workbench.fit;
