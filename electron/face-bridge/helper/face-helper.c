/*
 * The helper between FacePay Kiosk and WeChat's face SDK: one line in, one line out, so that a library that hangs or
 * crashes takes this process down and never the till. electron/face-bridge/README.md has the lines, and how to build it.
 *
 *   face-helper LIBRARY
 *   out: {"ready":1,"bits":64}                     the library is loaded; or {"failed":"load","code":193} and the end
 *   in:  {"id":7,"lane":0,"req":"BASE64"}          exactly so: no blanks, no other order
 *   out: {"id":7,"rc":0,"resp":"BASE64"}           or {"id":7,"error":"busy"}, "too-long"
 *
 * Base64 carries the library's bytes as they are: no escapes to read, and a reply in any encoding cannot break a line.
 * Each lane is a thread, so that stopWxpayface on lane 1 overtakes getWxpayfaceCode, which blocks lane 0. It logs
 * nothing, starts nothing and opens no file but the library. It ends when its input ends.
 */
#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#define _CRT_SECURE_NO_WARNINGS
#include <windows.h>
#include <fcntl.h>
#include <io.h>
#include <process.h>
#else
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUEST_MAX (64u * 1024u)
#define REPLY_MAX (256u * 1024u)
#define BASE64_OF(bytes) (((bytes) + 2u) / 3u * 4u)
#define LINE_MAX_IN (BASE64_OF(REQUEST_MAX) + 64u)
#define LINE_MAX_OUT (BASE64_OF(REPLY_MAX) + 64u)
#define LANES 2

#ifdef _WIN32
#define FACE_CALL __cdecl
typedef CRITICAL_SECTION Lock;
typedef CONDITION_VARIABLE Signal;
#define THREAD unsigned __stdcall
#define lock_init(lock) InitializeCriticalSection(lock)
#define lock_take(lock) EnterCriticalSection(lock)
#define lock_leave(lock) LeaveCriticalSection(lock)
#define signal_init(signal) InitializeConditionVariable(signal)
#define signal_give(signal) WakeConditionVariable(signal)
#define signal_wait(signal, lock) SleepConditionVariableCS(signal, lock, INFINITE)
#define end_now(code) TerminateProcess(GetCurrentProcess(), (UINT)(code))
#define read_some(into, size) _read(0, into, (unsigned)(size))
#define write_some(from, size) _write(out_fd, from, (unsigned)(size))
#else
#define FACE_CALL
typedef pthread_mutex_t Lock;
typedef pthread_cond_t Signal;
#define THREAD void *
#define lock_init(lock) pthread_mutex_init(lock, NULL)
#define lock_take(lock) pthread_mutex_lock(lock)
#define lock_leave(lock) pthread_mutex_unlock(lock)
#define signal_init(signal) pthread_cond_init(signal, NULL)
#define signal_give(signal) pthread_cond_signal(signal)
#define signal_wait(signal, lock) pthread_cond_wait(signal, lock)
#define end_now(code) _exit(code)
#define read_some(into, size) (int)read(0, into, size)
#define write_some(from, size) (int)write(out_fd, from, size)
#endif

typedef int(FACE_CALL *CallFace)(const char *req, unsigned reqSize, char **resp, unsigned *respSize);
typedef void(FACE_CALL *ReleaseResponse)(char **resp);

/* A lane runs one request, and one may wait for it. */
typedef struct {
  int waits, runs, over;
  unsigned id;
  size_t size;
  char *request; /* REQUEST_MAX + 1 bytes */
  char *running;
  char *line; /* LINE_MAX_OUT bytes */
  Signal wake;
} Lane;

static CallFace call_face;
static ReleaseResponse release_response;
static Lane lanes[LANES];
static Lock lock, out_lock;
static int out_fd;

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t base64_write(char *to, const unsigned char *from, size_t size) {
  size_t at = 0, i;
  for (i = 0; i < size; i += 3) {
    unsigned long group = (unsigned long)from[i] << 16;
    if (i + 1 < size) group |= (unsigned long)from[i + 1] << 8;
    if (i + 2 < size) group |= from[i + 2];
    to[at++] = ALPHABET[group >> 18 & 63];
    to[at++] = ALPHABET[group >> 12 & 63];
    to[at++] = i + 1 < size ? ALPHABET[group >> 6 & 63] : '=';
    to[at++] = i + 2 < size ? ALPHABET[group & 63] : '=';
  }
  return at;
}

/* The number of bytes, or -1 where it is no base64 or more than `room`. Reads up to the first other character. */
static long base64_read(char *to, size_t room, const char *from) {
  unsigned long bits = 0;
  unsigned count = 0;
  size_t at = 0;
  for (; *from != '\0' && *from != '='; from++) {
    const char *digit = strchr(ALPHABET, *from);
    if (digit == NULL) return -1;
    bits = (bits << 6 | (unsigned long)(digit - ALPHABET)) & 0xFFFFFFul;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    if (at == room) return -1;
    to[at++] = (char)(bits >> count & 255);
  }
  return (long)at;
}

/* A whole line at once: those of two lanes never mix. */
static void say(const char *line, size_t size) {
  lock_take(&out_lock);
  while (size > 0) {
    int written = write_some(line, size);
    if (written <= 0) end_now(0);
    line += written;
    size -= (size_t)written;
  }
  lock_leave(&out_lock);
}

static void say_error(unsigned id, const char *error) {
  char line[64];
  say(line, (size_t)sprintf(line, "{\"id\":%u,\"error\":\"%s\"}\n", id, error));
}

static void call(Lane *lane, unsigned id, size_t size) {
  char *resp = NULL;
  unsigned resp_size = 0;
  int rc = call_face(lane->running, (unsigned)size, &resp, &resp_size);
  if (resp == NULL || rc != 0) resp_size = 0;
  if (resp_size > REPLY_MAX) {
    say_error(id, "too-long");
  } else {
    size_t at = (size_t)sprintf(lane->line, "{\"id\":%u,\"rc\":%d,\"resp\":\"", id, rc);
    at += base64_write(lane->line + at, (const unsigned char *)resp, resp_size);
    memcpy(lane->line + at, "\"}\n", 3);
    say(lane->line, at + 3);
    /* A face code has been in it. */
    memset(lane->line, 0, at);
  }
  /* The SDK's documents: after each success. */
  if (rc == 0 && resp != NULL) release_response(&resp);
}

static THREAD lane_main(void *argument) {
  Lane *lane = argument;
  for (;;) {
    unsigned id;
    size_t size;
    lock_take(&lock);
    lane->runs = 0;
    while (!lane->waits && !lane->over) signal_wait(&lane->wake, &lock);
    if (!lane->waits) {
      lock_leave(&lock);
      return 0;
    }
    id = lane->id;
    size = lane->size;
    memcpy(lane->running, lane->request, size + 1);
    lane->waits = 0;
    lane->runs = 1;
    lock_leave(&lock);
    call(lane, id, size);
  }
}

/* One line without its end. What is not exactly the agreed form comes from no till of ours: the end. */
static void take(const char *line) {
  unsigned id, number;
  int at = 0, waits;
  long size;
  Lane *lane;
  char *end = strstr(line, "\"}");
  if (end == NULL || end[2] != '\0') end_now(2);
  if (sscanf(line, "{\"id\":%u,\"lane\":%u,\"req\":\"%n", &id, &number, &at) != 2 || at == 0 || number >= LANES) end_now(2);
  *end = '\0';
  lane = &lanes[number];
  lock_take(&lock);
  waits = lane->waits;
  if (!waits) {
    size = base64_read(lane->request, REQUEST_MAX, line + at);
    if (size < 0) end_now(2);
    lane->request[size] = '\0';
    lane->id = id;
    lane->size = (size_t)size;
    lane->waits = 1;
    signal_give(&lane->wake);
  }
  lock_leave(&lock);
  if (waits) say_error(id, "busy");
}

static void read_lines(char *line) {
  size_t filled = 0;
  for (;;) {
    char *end;
    int got = read_some(line + filled, LINE_MAX_IN - filled);
    if (got <= 0) return;
    filled += (size_t)got;
    while ((end = memchr(line, '\n', filled)) != NULL) {
      size_t size = (size_t)(end - line) + 1;
      *end = '\0';
      take(line);
      memmove(line, line + size, filled - size);
      filled -= size;
    }
    if (filled == LINE_MAX_IN) end_now(2);
  }
}

static int fail(const char *what, unsigned long code) {
  char line[96];
  say(line, (size_t)sprintf(line, "{\"failed\":\"%s\",\"code\":%lu}\n", what, code));
  return 1;
}

/* Lines go to a copy of the output; what the library prints by itself goes nowhere. */
static void keep_output(void) {
#ifdef _WIN32
  int nowhere = _open("NUL", _O_WRONLY);
  _setmode(0, _O_BINARY);
  _setmode(1, _O_BINARY);
  out_fd = _dup(1);
  _dup2(nowhere, 1);
  SetStdHandle(STD_OUTPUT_HANDLE, (HANDLE)_get_osfhandle(1));
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
#else
  int nowhere = open("/dev/null", O_WRONLY);
  out_fd = dup(1);
  dup2(nowhere, 1);
#endif
}

/* POSIX: void pointers become functions through memory. */
#define FUNCTION(into, found) memcpy(&(into), &(found), sizeof(into))

static int load(const void *path) {
#ifdef _WIN32
  FARPROC called, released;
  /* What the library needs is looked for beside it and in the system, never in the folder that happens to be open. */
  HMODULE library = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
  if (library == NULL) return fail("load", GetLastError());
  called = GetProcAddress(library, "wxpayCallFaceService");
  released = GetProcAddress(library, "wxpayReleaseResponse");
#else
  void *called, *released, *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return fail("load", 0);
  called = dlsym(library, "wxpayCallFaceService");
  released = dlsym(library, "wxpayReleaseResponse");
#endif
  if (called == NULL || released == NULL) return fail("functions", 0);
  FUNCTION(call_face, called);
  FUNCTION(release_response, released);
  return 0;
}

static int run(const void *path) {
  char *line = malloc(LINE_MAX_IN);
  char ready[48];
  int i, runs = 0;
#ifdef _WIN32
  HANDLE threads[LANES];
#else
  pthread_t threads[LANES];
#endif
  lock_init(&lock);
  lock_init(&out_lock);
  keep_output();
  if (line == NULL || load(path) != 0) return 1;
  for (i = 0; i < LANES; i++) {
    lanes[i].request = malloc(REQUEST_MAX + 1);
    lanes[i].running = malloc(REQUEST_MAX + 1);
    lanes[i].line = malloc(LINE_MAX_OUT);
    if (lanes[i].request == NULL || lanes[i].running == NULL || lanes[i].line == NULL) return 1;
    signal_init(&lanes[i].wake);
#ifdef _WIN32
    threads[i] = (HANDLE)_beginthreadex(NULL, 0, lane_main, &lanes[i], 0, NULL);
    if (threads[i] == NULL) return 1;
#else
    if (pthread_create(&threads[i], NULL, lane_main, &lanes[i]) != 0) return 1;
#endif
  }
  say(ready, (size_t)sprintf(ready, "{\"ready\":1,\"bits\":%u}\n", (unsigned)sizeof(void *) * 8));
  read_lines(line);
  lock_take(&lock);
  for (i = 0; i < LANES; i++) {
    runs |= lanes[i].runs | lanes[i].waits;
    lanes[i].over = 1;
    signal_give(&lanes[i].wake);
  }
  lock_leave(&lock);
  /* A call that blocks would be waited for without end. */
  if (runs) end_now(0);
  for (i = 0; i < LANES; i++) {
#ifdef _WIN32
    WaitForSingleObject(threads[i], INFINITE);
#else
    pthread_join(threads[i], NULL);
#endif
    free(lanes[i].request);
    free(lanes[i].running);
    free(lanes[i].line);
  }
  free(line);
  return 0;
}

#ifdef _WIN32
int wmain(int count, wchar_t **arguments) {
#else
int main(int count, char **arguments) {
#endif
  return count == 2 ? run(arguments[1]) : 2;
}
