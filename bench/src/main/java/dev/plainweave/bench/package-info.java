/**
 * The benchmark harness: servers of one kind, compared by ratios of one run.
 *
 * <p>Every figure is taken from outside: a variant is a fresh JVM with the same flags as all others, visited A B B A by one
 * generator in this JVM, which compares every answer byte for byte and fails loudly at the first wrong one. Reported is the
 * median over the rounds with the smallest and the largest; ratios pair the figures of one round, since machines drift by
 * more than variants differ. A verdict is given only where the intervals do not overlap and every round agrees.
 *
 * <p>{@code mvn -pl bench verify} runs it; {@link dev.plainweave.bench.Harness} by hand, {@code --help} tells
 * its options. It reads Linux' /proc and needs the JDK's jcmd beside java.
 */
@NullMarked
package dev.plainweave.bench;

import org.jspecify.annotations.NullMarked;
