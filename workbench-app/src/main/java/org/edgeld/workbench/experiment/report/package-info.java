/**
 * What a sweep's folder says: summaries, tables, charts and the report, all made from {@code
 * spec.json}, {@code environment.json} and {@code trials.jsonl} alone.
 */
package org.edgeld.workbench.experiment.report;
