/* Put before a process (LD_PRELOAD), it makes each sync of a journal take SLOW_SYNC_MS longer, as on a cheap or a busy disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void wait_for(int fd) {
  const char *ms = getenv("SLOW_SYNC_MS");
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (!ms || length < 0) return;
  path[length] = 0;
  if (!strstr(path, "journal.sqlite")) return;
  struct timespec pause = { .tv_sec = 0, .tv_nsec = atol(ms) * 1000000L };
  nanosleep(&pause, NULL);
}

int fsync(int fd) {
  wait_for(fd);
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
  wait_for(fd);
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
