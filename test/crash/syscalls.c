/*
 * Stands between a process and the C library (LD_PRELOAD) so that a test can end it, or fail it, at a numbered step.
 * Two lines of steps are counted, each from 1: `disk` (what changes a file below CRASH_FOLDER) and `net` (what passes
 * over a TCP connection). Among the disk's, `write` and `sync` are counted once more for themselves, for faults.
 *
 *   CRASH_FOLDER  absolute path; files elsewhere are nobody's business
 *   CRASH_LOG     gets a line a step, before it is done: "disk 7 write practice/journal.sqlite-wal 4096"
 *   CRASH_AT      "LINE N DEED": disk|net N kill|half|power, or write|sync N errno-once|errno-always
 *
 * kill: SIGKILL before the step. half: the first half of the bytes, then SIGKILL. power: what was never synced is taken
 * back, then SIGKILL; a file's data counts, its name in the folder does not.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum line { DISK, NET, WRITE, SYNC, LINES };
static const char *const LINE_NAMES[LINES] = { "disk", "net", "write", "sync" };

static struct { int line; long n; int half, power, error, always; } plan = { .line = -1 };
static long counts[LINES];
static char folder[4096];
static size_t folder_length;
static int log_fd = -1;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ({ static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name); real; })

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("CRASH_AT"), *to = getenv("CRASH_LOG"), *in = getenv("CRASH_FOLDER");
  char line[16] = "", deed[16] = "";
  long n = 0;
  snprintf(folder, sizeof folder, "%s", in ? in : "/nowhere");
  folder_length = strlen(folder);
  if (to) log_fd = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (!at) return;
  if (sscanf(at, "%15s %ld %15s", line, &n, deed) != 3) abort();
  for (int i = 0; i < LINES; i++) if (!strcmp(line, LINE_NAMES[i])) plan.line = i;
  plan.n = n;
  plan.half = !strcmp(deed, "half");
  plan.power = !strcmp(deed, "power");
  plan.error = !strncmp(deed, "EIO", 3) ? EIO : !strncmp(deed, "ENOSPC", 6) ? ENOSPC : 0;
  plan.always = strstr(deed, "-always") != NULL;
  if (plan.line < 0 || (!plan.half && !plan.power && !plan.error && strcmp(deed, "kill"))) abort();
}

/* What a sync would have made lasting: the bytes under each write since, newest first. */
struct undo { struct undo *older; dev_t dev; ino_t ino; off_t size, at; size_t length; char *bytes, *path; };
static struct undo *unsynced;

static void remember(int fd, off_t at, size_t length, const char *path) {
  struct stat now;
  if (!plan.power || fstat(fd, &now) != 0) return;
  struct undo *undo = calloc(1, sizeof *undo);
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int own = open(link, O_RDONLY | O_CLOEXEC);
  undo->bytes = malloc(length ? length : 1);
  ssize_t got = own < 0 || at >= now.st_size ? 0 : pread(own, undo->bytes, length, at);
  undo->length = got > 0 ? (size_t)got : 0;
  undo->dev = now.st_dev, undo->ino = now.st_ino, undo->size = now.st_size, undo->at = at;
  if (asprintf(&undo->path, "%s/%s", folder, path) < 0) abort();
  undo->older = unsynced, unsynced = undo;
  /* `own` stays open: closing it would drop the locks that the process holds on the file (POSIX). */
}

static void synced(int fd) {
  struct stat now;
  if (!plan.power || fstat(fd, &now) != 0) return;
  for (struct undo **at = &unsynced; *at;) {
    if ((*at)->dev == now.st_dev && (*at)->ino == now.st_ino) *at = (*at)->older;
    else at = &(*at)->older;
  }
}

static void cut_power(void) {
  for (struct undo *undo = unsynced; undo; undo = undo->older) {
    int fd = open(undo->path, O_WRONLY);
    struct stat now;
    if (fd < 0 || fstat(fd, &now) != 0 || now.st_ino != undo->ino) continue;
    if (REAL(pwrite64)(fd, undo->bytes, undo->length, undo->at) < 0 || REAL(ftruncate64)(fd, undo->size) < 0) abort();
  }
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static int reached(enum line line) {
  counts[line]++;
  return plan.line == (int)line && (counts[line] == plan.n || (plan.always && counts[line] > plan.n));
}

/* Counts and logs a step, and dies where it is the planned one. Otherwise: the errno to fail with, or one of these. */
enum { GO_ON = 0, HALF = -1 };
static int step(enum line line, int also, const char *what, const char *path, long long size) {
  pthread_mutex_lock(&mutex);
  int here = reached(line) | (also >= 0 ? reached((enum line)also) : 0);
  if (log_fd >= 0) {
    char text[700];
    int length = snprintf(text, sizeof text, "%s %ld %s %s %lld\n", LINE_NAMES[line], counts[line], what, path, size);
    if (syscall(SYS_write, log_fd, text, length) != length) abort();
  }
  if (here && plan.power) cut_power();
  if (here && !plan.error && !(plan.half && size > 1)) die();
  pthread_mutex_unlock(&mutex);
  return !here ? GO_ON : plan.error ? plan.error : HALF;
}

/* The path below the folder of a regular file or folder; NULL where it lies elsewhere. */
static const char *inside(const char *path) {
  return strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static const char *file_of(int fd, char path[4096]) {
  char link[64];
  struct stat is;
  if (fd == log_fd || fstat(fd, &is) != 0 || !(S_ISREG(is.st_mode) || S_ISDIR(is.st_mode))) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 4095);
  path[length < 0 ? 0 : length] = 0;
  return inside(path);
}

static int is_tcp(int fd) {
  struct stat is;
  int domain = 0, type = 0;
  socklen_t size = sizeof domain;
  return fstat(fd, &is) == 0 && S_ISSOCK(is.st_mode) && getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 &&
         (domain == AF_INET || domain == AF_INET6) && getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

#define FAIL(error) do { errno = (error); return -1; } while (0)

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) {
  char at_path[4096];
  const char *path = file_of(fd, at_path);
  if (!path) return REAL(pwrite64)(fd, bytes, length, at);
  int todo = step(DISK, WRITE, "write", path, (long long)length);
  if (todo > 0) FAIL(todo);
  if (todo == HALF) { REAL(pwrite64)(fd, bytes, length / 2, at); die(); }
  remember(fd, at, length, path);
  return REAL(pwrite64)(fd, bytes, length, at);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  char at_path[4096];
  const char *path = file_of(fd, at_path);
  int tcp = !path && is_tcp(fd);
  if (!path && !tcp) return REAL(write)(fd, bytes, length);
  int todo = path ? step(DISK, WRITE, "write", path, (long long)length) : step(NET, -1, "send", "-", (long long)length);
  if (todo > 0) FAIL(todo);
  if (todo == HALF) { REAL(write)(fd, bytes, length / 2); die(); }
  struct stat now;
  if (path && fstat(fd, &now) == 0) {
    off_t from = fcntl(fd, F_GETFL) & O_APPEND ? now.st_size : lseek(fd, 0, SEEK_CUR);
    remember(fd, from, length, path);
  }
  return REAL(write)(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  long long length = 0;
  if (!is_tcp(fd)) return REAL(writev)(fd, parts, count);
  for (int i = 0; i < count; i++) length += (long long)parts[i].iov_len;
  if (step(NET, -1, "send", "-", length) == HALF) { REAL(writev)(fd, parts, (count + 1) / 2); die(); }
  return REAL(writev)(fd, parts, count);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if (is_tcp(fd)) step(NET, -1, "send", "-", 1);
  return REAL(sendmsg)(fd, message, flags);
}

ssize_t read(int fd, void *bytes, size_t length) {
  ssize_t got = REAL(read)(fd, bytes, length);
  int error = errno;
  if (got > 0 && is_tcp(fd)) step(NET, -1, "receive", "-", 1);
  errno = error;
  return got;
}

static int sync_with(int (*real)(int), int fd) {
  char at_path[4096];
  const char *path = file_of(fd, at_path);
  if (!path) return real(fd);
  int todo = step(DISK, SYNC, "sync", path[0] ? path : ".", 0);
  if (todo > 0) FAIL(todo);
  int done = real(fd);
  if (done == 0) synced(fd);
  return done;
}
int fsync(int fd) { return sync_with(REAL(fsync), fd); }
int fdatasync(int fd) { return sync_with(REAL(fdatasync), fd); }

int ftruncate64(int fd, off_t length) {
  char at_path[4096];
  const char *path = file_of(fd, at_path);
  struct stat now;
  if (!path) return REAL(ftruncate64)(fd, length);
  int todo = step(DISK, WRITE, "truncate", path, (long long)length);
  if (todo > 0) FAIL(todo);
  if (todo == HALF) die();
  if (fstat(fd, &now) == 0 && now.st_size > length) remember(fd, length, (size_t)(now.st_size - length), path);
  return REAL(ftruncate64)(fd, length);
}

int unlink(const char *path) {
  const char *name = inside(path);
  if (name) step(DISK, -1, "unlink", name, 0);
  return REAL(unlink)(path);
}

int rename(const char *from, const char *to) {
  const char *name = inside(to);
  if (name) step(DISK, -1, "rename", name, 0);
  return REAL(rename)(from, to);
}
