/**
 * Preloaded into a measured process: answers what it has used so far, and ends with whoever measures.
 * So the program itself runs as it always does.
 */

/** What a process has used since it began. */
export interface Usage {
  /** CPU time of all its threads, in user and in kernel mode. */
  readonly cpuMicroseconds: number;
  /** The memory that it holds. */
  readonly residentBytes: number;
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = { cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() };
  process.send?.(usage);
});
process.on('disconnect', () => process.exit());
process.channel?.unref();
