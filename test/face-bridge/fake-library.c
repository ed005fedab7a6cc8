/*
 * A library with the two functions of WxpayFaceSDK.dll, made from its public documents alone: it stands in for it in
 * tests, and proves nothing about the real one. What it does is chosen by the request's "cmd". Besides the SDK's own:
 *
 *   echo    gives the request back         latin   a reply that is no UTF-8      size   how many bytes reqSize said
 *   huge    as many bytes as "size" says   empty   no reply at all               fail   returns -1
 *   hang    never returns                  crash   a null pointer                print  writes to the output
 *   held    how many replies were not released
 *
 * getWxpayfaceCode writes its request to face-request.json and blocks until face-code.txt is there, whose content is the
 * code, or until stopWxpayface. Both files are in the folder in which the process was started.
 */
#ifdef _WIN32
#include <windows.h>
#define EXPORT __declspec(dllexport)
#define CALL __cdecl
#define wait_ms(ms) Sleep(ms)
#else
#define _GNU_SOURCE
#include <unistd.h>
#define EXPORT __attribute__((visibility("default")))
#define CALL
#define wait_ms(ms) usleep((ms) * 1000)
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char LATIN[] = "{\"return_code\":\"ERROR\",\"return_msg\":\"\xca\xa7\xb0\xdc\n\xff\"}";
static volatile int held, stops, inits;

static int has(const char *req, const char *cmd) {
  char field[64];
  snprintf(field, sizeof field, "\"cmd\":\"%s\"", cmd);
  return strstr(req, field) != NULL;
}

static int give(const char *text, size_t size, char **resp, unsigned *respSize) {
  *resp = malloc(size + 1);
  if (*resp == NULL) return -1;
  memcpy(*resp, text, size);
  (*resp)[size] = '\0';
  *respSize = (unsigned)size;
  held++;
  return 0;
}

static int give_text(const char *text, char **resp, unsigned *respSize) {
  return give(text, strlen(text), resp, respSize);
}

static int face_code(const char *req, unsigned reqSize, char **resp, unsigned *respSize) {
  const int stopsBefore = stops;
  char reply[512], code[256];
  FILE *request = fopen("face-request.part", "wb");
  if (request == NULL) return -1;
  fwrite(req, 1, reqSize, request);
  fclose(request);
  remove("face-request.json");
  rename("face-request.part", "face-request.json");
  for (;;) {
    FILE *file = fopen("face-code.txt", "rb");
    if (file != NULL) {
      size_t size = fread(code, 1, sizeof code - 1, file);
      fclose(file);
      remove("face-code.txt");
      code[size] = '\0';
      snprintf(reply, sizeof reply,
               "{\"return_code\":\"SUCCESS\",\"return_msg\":\"ok\",\"face_code\":\"%s\",\"openid\":\"oFakeCustomerOfTheFaceSdk\"}", code);
      return give_text(reply, resp, respSize);
    }
    if (stops != stopsBefore) return give_text("{\"return_code\":\"USER_CANCEL\",\"return_msg\":\"cancel\"}", resp, respSize);
    wait_ms(5);
  }
}

static int huge(const char *req, char **resp, unsigned *respSize) {
  const char *size = strstr(req, "\"size\":");
  size_t bytes = size == NULL ? 0 : (size_t)strtoul(size + 7, NULL, 10);
  char *text = malloc(bytes + 1);
  int rc;
  if (text == NULL) return -1;
  memset(text, 'x', bytes);
  rc = give(text, bytes, resp, respSize);
  free(text);
  return rc;
}

EXPORT int CALL wxpayCallFaceService(const char *req, unsigned reqSize, char **resp, unsigned *respSize) {
  char text[96];
  if (has(req, "initWxpayface")) {
    /* As while the service starts: the first call comes too early. */
    if (inits++ == 0)
      return give_text("{\"return_code\":\"ERROR\",\"return_msg\":\"initialising\",\"err_code\":\"271378621\"}", resp, respSize);
    return give_text("{\"return_code\":\"SUCCESS\",\"return_msg\":\"ok\"}", resp, respSize);
  }
  if (has(req, "getWxpayfaceRawdata"))
    return give_text("{\"return_code\":\"SUCCESS\",\"return_msg\":\"ok\",\"rawdata\":\"ZmFrZSByYXcgZGF0YQ==\"}", resp, respSize);
  if (has(req, "getWxpayfaceCode")) return face_code(req, reqSize, resp, respSize);
  if (has(req, "stopWxpayface")) {
    stops++;
    return give_text("{\"return_code\":\"SUCCESS\",\"return_msg\":\"ok\"}", resp, respSize);
  }
  if (has(req, "updateWxpayfacePayResult") || has(req, "releaseWxpayface"))
    return give_text("{\"return_code\":\"SUCCESS\",\"return_msg\":\"ok\"}", resp, respSize);
  if (has(req, "echo")) return give(req, reqSize, resp, respSize);
  if (has(req, "size")) {
    sprintf(text, "%u %u", reqSize, (unsigned)strlen(req));
    return give_text(text, resp, respSize);
  }
  if (has(req, "latin")) return give(LATIN, sizeof LATIN - 1, resp, respSize);
  if (has(req, "huge")) return huge(req, resp, respSize);
  if (has(req, "empty")) return 0;
  if (has(req, "print")) {
    printf("{\"id\":1,\"rc\":0,\"resp\":\"\"}\n");
    fflush(stdout);
    return give_text("printed", resp, respSize);
  }
  if (has(req, "held")) {
    sprintf(text, "%d", held);
    return give_text(text, resp, respSize);
  }
  if (has(req, "hang"))
    for (;;) wait_ms(1000);
  if (has(req, "crash")) *(volatile int *)0 = 1;
  return -1;
}

EXPORT void CALL wxpayReleaseResponse(char **resp) {
  free(*resp);
  *resp = NULL;
  held--;
}
