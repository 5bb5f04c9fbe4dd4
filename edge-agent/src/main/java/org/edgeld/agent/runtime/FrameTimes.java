package org.edgeld.agent.runtime;

/**
 * What a device tells of one frame.
 *
 * @param startNanos per step, when it began
 * @param endNanos per step, when it was done; of a send, when the last byte was handed to the
 *     network
 * @param overcommittedNanos compute time that emulation could not hide
 * @param serialiseDelayNanos per step, from its start to when its slice began to be written in the
 *     precision in which it travels, or read from it; empty if slices travel as they are
 * @param serialiseNanos per step, how long that took; empty if slices travel as they are
 * @param assembleDelayNanos per step, from its start to when slices were copied within memory: what
 *     was computed into windows, what is sent into one piece, what arrived out of one; 0 if none
 *     was
 * @param assembleNanos per step, how long that took
 * @param sentBytes payloads of all slices sent, as they travelled
 */
public record FrameTimes(
    long[] startNanos,
    long[] endNanos,
    long overcommittedNanos,
    long[] serialiseDelayNanos,
    long[] serialiseNanos,
    long[] assembleDelayNanos,
    long[] assembleNanos,
    long sentBytes) {}
