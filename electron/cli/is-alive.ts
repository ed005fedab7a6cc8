/** Whether a process with this id exists. An id is used again some day, so a "yes" may be another process's. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
