/**
 * Tiles computed with PyTorch through DJL, in channels-last memory so that rows are contiguous.
 * Only calls that DJL 0.29 also has are used, because newer builds do not run on older ARM cores.
 */
package org.edgeld.agent.engine.djl;
