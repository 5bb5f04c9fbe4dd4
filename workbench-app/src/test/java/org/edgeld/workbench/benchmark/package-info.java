/** What planning and simulating take, timed with JMH by the Maven profile benchmarks. */
package org.edgeld.workbench.benchmark;
