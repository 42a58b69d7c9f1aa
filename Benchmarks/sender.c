/* The C sender: letters to a mail server on loopback, with libcurl.
 *
 *   sender PORT CONNECTIONS COUNT TEXT HTML
 *
 * A thread and an easy handle for each connection, which is kept from letter to letter. Each letter
 * is composed anew, as a mail must be: To, Subject, Date and Message-ID of its own, the first two in
 * encoded words, text and HTML with the line ends of mail and in base64. Of the server's answers the
 * last is kept, as a receipt would quote it. Nothing is looked up, followed or written down.
 */

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_CONNECTIONS = 64, MOST_BYTES = 1 << 18, BYTES_A_LINE = 57 };

typedef struct {
  char bytes[2 * MOST_BYTES], part[2 * MOST_BYTES], reply[512];
  size_t count, sent;
  int code;
} Letter;

static const char header[] =
    "From: =?UTF-8?B?6IiG5oOF5YC854+t5a6k?= <duty@letters.example>\r\n"
    "Auto-Submitted: auto-generated\r\n"
    "X-Auto-Response-Suppress: OOF, AutoReply\r\n"
    "X-Mailer: sender\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/alternative; boundary=\"sender-parts\"\r\n";
static const char part[] = "\r\n--sender-parts\r\n"
                           "Content-Type: text/%s; charset=UTF-8\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\n";
static char url[64], *text, *html;
static size_t text_count, html_count;
static long count;
static atomic_long begun, sent;

static void die(const char *what, const char *why) {
  fprintf(stderr, "sender: %s: %s\n", what, why);
  exit(3);
}

static char *content(const char *path, size_t *count) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path, "cannot be read");
  char *bytes = malloc(MOST_BYTES);
  *count = fread(bytes, 1, MOST_BYTES, file);
  fclose(file);
  return bytes;
}

/* Line ends as RFC 2046 asks for them, and no other control character than the tab. */
static size_t canonical(const char *text, size_t count, char *to) {
  char *begin = to;
  for (size_t at = 0; at < count; at++) {
    unsigned char byte = (unsigned char)text[at];
    if (byte == '\n' && (at == 0 || text[at - 1] != '\r')) *to++ = '\r', *to++ = '\n';
    else if (byte == '\r') *to++ = '\r', *to++ = '\n';
    else if ((byte >= ' ' && byte != 127) || byte == '\t') *to++ = (char)byte;
  }
  return (size_t)(to - begin);
}

static void add_base64(Letter *letter, const unsigned char *bytes, size_t count) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char *to = letter->bytes + letter->count;
  for (size_t at = 0; at < count; at += 3) {
    size_t left = count - at;
    unsigned bits = bytes[at] << 16 | (left > 1 ? bytes[at + 1] << 8 : 0) |
                    (left > 2 ? bytes[at + 2] : 0);
    *to++ = digits[bits >> 18 & 63];
    *to++ = digits[bits >> 12 & 63];
    *to++ = left > 1 ? digits[bits >> 6 & 63] : '=';
    *to++ = left > 2 ? digits[bits & 63] : '=';
    if ((at + 3) % BYTES_A_LINE == 0 || left <= 3) {
      *to++ = '\r';
      *to++ = '\n';
    }
  }
  letter->count = (size_t)(to - letter->bytes);
}

static void add(Letter *letter, const char *words) {
  size_t count = strlen(words);
  memcpy(letter->bytes + letter->count, words, count);
  letter->count += count;
}

/* A field of encoded words (RFC 2047), each of whole characters and 75 columns at most. */
static void add_words(Letter *letter, const char *name, const char *text) {
  add(letter, name);
  for (size_t count = strlen(text), column = strlen(name); count > 0; column = 0) {
    size_t room = (75 - column - 12) / 4 * 3, part = count < room ? count : room;
    while (part < count && (text[part] & 0xC0) == 0x80) part--;
    add(letter, " =?UTF-8?B?");
    add_base64(letter, (const unsigned char *)text, part);
    letter->count -= 2;
    add(letter, "?=");
    if ((count -= part) > 0) add(letter, "\r\n");
    text += part;
  }
}

static void add_part(Letter *letter, const char *kind, const char *text, size_t count) {
  letter->count += (size_t)sprintf(letter->bytes + letter->count, part, kind);
  add_base64(letter, (unsigned char *)letter->part, canonical(text, count, letter->part));
}

static void compose(Letter *letter, long number) {
  char line[128];
  time_t now = 1772413380 + 28800;
  struct tm civil;
  letter->count = letter->sent = 0;
  strftime(line, sizeof line, "Date: %a, %d %b %Y %H:%M:%S +0800\r\n", gmtime_r(&now, &civil));
  add(letter, line);
  add_words(letter, "To:", "区水务局");
  add(letter, " <water@unit.example>\r\n");
  snprintf(line, sizeof line, "【较大舆情】2026-%ld 竹园镇三个小区停水三天", number);
  add_words(letter, "Subject:", line);
  snprintf(line, sizeof line, "\r\nMessage-ID: <%ld.sender@letters.example>\r\n", number);
  add(letter, line);
  add(letter, header);
  add_part(letter, "plain", text, text_count);
  add_part(letter, "html", html, html_count);
  add(letter, "\r\n--sender-parts--\r\n");
}

/* A line that the server said. */
static size_t on_line(char *line, size_t size, size_t count, void *context) {
  Letter *letter = context;
  size_t most = sizeof letter->reply - 1, length = size * count < most ? size * count : most;
  memcpy(letter->reply, line, length);
  letter->reply[length] = 0;
  letter->code = atoi(letter->reply);
  return size * count;
}

static size_t on_read(char *buffer, size_t size, size_t room, void *context) {
  Letter *letter = context;
  size_t part = letter->count - letter->sent;
  if (part > size * room) part = size * room;
  memcpy(buffer, letter->bytes + letter->sent, part);
  letter->sent += part;
  return part;
}

static void *work(void *unused) {
  Letter *letter = malloc(sizeof *letter);
  CURL *easy = curl_easy_init();
  struct curl_slist *recipients = curl_slist_append(NULL, "<water@unit.example>");
  curl_easy_setopt(easy, CURLOPT_URL, url);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, "<duty@letters.example>");
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt(easy, CURLOPT_READDATA, letter);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_line);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, letter);
  for (long number; (number = atomic_fetch_add(&begun, 1)) < count;) {
    compose(letter, number);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)letter->count);
    CURLcode code = curl_easy_perform(easy);
    if (code != CURLE_OK) die("a letter did not leave", curl_easy_strerror(code));
    if (letter->code / 100 != 2) die("a letter was not taken", letter->reply);
    atomic_fetch_add(&sent, 1);
  }
  curl_slist_free_all(recipients);
  curl_easy_cleanup(easy);
  free(letter);
  return unused;
}

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int words, char **word) {
  pthread_t threads[MOST_CONNECTIONS];
  if (words != 6) die("usage", "sender PORT CONNECTIONS COUNT TEXT HTML");
  int connections = atoi(word[2]);
  if (connections < 1 || connections > MOST_CONNECTIONS) die(word[2], "1 to 64 connections");
  count = atol(word[3]);
  snprintf(url, sizeof url, "smtp://127.0.0.1:%d/letters.example", atoi(word[1]));
  text = content(word[4], &text_count);
  html = content(word[5], &html_count);
  curl_global_init(CURL_GLOBAL_ALL);
  double began = seconds();
  for (int index = 0; index < connections; index++)
    pthread_create(&threads[index], NULL, work, NULL);
  for (int index = 0; index < connections; index++) pthread_join(threads[index], NULL);
  printf("{\"sent\": %ld, \"seconds\": %.6f}\n", (long)sent, seconds() - began);
  return 0;
}
