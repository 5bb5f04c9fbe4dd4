/**
 * How long computing a tile and sending bytes take, predicted from what was measured. Strategies
 * and the simulator ask the same model, so a plan is judged by what will be shown.
 */
package org.edgeld.workbench.cost;
