/* The floor: what the pages cost when C libraries do the least that finds the same things.
 *
 *   floor MODE URLS KEYWORDS DATABASE
 *
 * fetch  libcurl's multi interface, 128 in flight, gunzipped
 * parse  and decoded, parsed by libxml2, titles, texts, dates, links by XPath
 * store  and written to SQLite, 200 pages a transaction
 * full   and matched with Hyperscan before that
 *
 * One thread. No robots.txt, no redirects, no masking, no fingerprints, no verdicts; the database
 * may lose its last transactions when the power fails (synchronous = NORMAL).
 */

#include <curl/curl.h>
#include <hs/hs.h>
#include <iconv.h>
#include <libxml/HTMLparser.h>
#include <libxml/uri.h>
#include <libxml/xpath.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IN_FLIGHT = 128, PAGES_A_TRANSACTION = 200, MOST = 200000 };
enum mode { FETCH, PARSE, STORE, FULL };

typedef struct {
  char kind; /* L list, A article, R RSS */
  char *url;
} Address;

typedef struct {
  CURL *easy;
  const Address *address;
  char *bytes;
  size_t count, capacity;
} Transfer;

static enum mode mode;
static struct {
  long pages, missed, bytes, articles, links, link_hits, article_hits;
} tally;

static void die(const char *what, const char *why) {
  fprintf(stderr, "floor: %s: %s\n", what, why);
  exit(3);
}

/* Matching */

static hs_database_t *patterns;
static hs_scratch_t *scratch;
static unsigned *hits, *seen_in, hit_count, text_number;

static void read_keywords(const char *path) {
  static const char *words[MOST];
  static size_t lengths[MOST];
  static unsigned flags[MOST], ids[MOST];
  unsigned count = 0;
  char line[512];
  FILE *file = fopen(path, "r");
  if (!file) die(path, "cannot be read");
  while (count < MOST && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    words[count] = strdup(line);
    lengths[count] = strlen(line);
    ids[count] = count;
    count++;
  }
  fclose(file);
  hs_compile_error_t *error;
  if (hs_compile_lit_multi(words, flags, ids, lengths, count, HS_MODE_BLOCK, NULL, &patterns,
                           &error))
    die("hyperscan", error->message);
  hs_alloc_scratch(patterns, &scratch);
  hits = calloc(count, sizeof *hits);
  seen_in = calloc(count, sizeof *seen_in);
}

static int on_hit(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                  void *context) {
  (void)from, (void)to, (void)flags, (void)context;
  if (seen_in[id] != text_number) {
    seen_in[id] = text_number;
    hits[hit_count++] = id;
  }
  return 0;
}

/* Fills `hits` with the keywords of a text, each once. */
static unsigned match(const char *text, size_t length) {
  text_number++;
  hit_count = 0;
  if (patterns && length) hs_scan(patterns, text, length, 0, scratch, on_hit, NULL);
  return hit_count;
}

/* Storing */

static sqlite3 *database;
static sqlite3_stmt *insert_page, *insert_link, *insert_hit;
static int pages_in_transaction;

static void sql(const char *statement) {
  char *error = NULL;
  if (sqlite3_exec(database, statement, NULL, NULL, &error)) die(statement, error);
}

static void open_database(const char *path) {
  if (sqlite3_open(path, &database)) die(path, "cannot be opened");
  sql("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
      "CREATE TABLE pages (id INTEGER PRIMARY KEY, url TEXT UNIQUE, title TEXT, date TEXT,"
      " body TEXT);"
      "CREATE TABLE links (url TEXT PRIMARY KEY, title TEXT) WITHOUT ROWID;"
      "CREATE TABLE hits (page INT, keyword INT)");
  sqlite3_prepare_v2(database,
                     "INSERT OR IGNORE INTO pages (url, title, date, body) VALUES (?, ?, ?, ?)",
                     -1, &insert_page, NULL);
  sqlite3_prepare_v2(database, "INSERT OR IGNORE INTO links VALUES (?, ?)", -1, &insert_link,
                     NULL);
  sqlite3_prepare_v2(database, "INSERT INTO hits VALUES (?, ?)", -1, &insert_hit, NULL);
}

static void run(sqlite3_stmt *statement) {
  sqlite3_step(statement);
  sqlite3_reset(statement);
}

static void store_page(const char *url, const char *title, const char *date, const char *body) {
  if (!database) return;
  const char *values[] = {url, title, date, body};
  for (int index = 0; index < 4; index++)
    sqlite3_bind_text(insert_page, index + 1, values[index], -1, SQLITE_STATIC);
  run(insert_page);
  sqlite3_int64 page = sqlite3_last_insert_rowid(database);
  for (unsigned index = 0; index < hit_count; index++) {
    sqlite3_bind_int64(insert_hit, 1, page);
    sqlite3_bind_int64(insert_hit, 2, hits[index]);
    run(insert_hit);
  }
}

static void take_link(const char *url, const char *title) {
  tally.links++;
  tally.link_hits += match(title, strlen(title));
  if (!database) return;
  sqlite3_bind_text(insert_link, 1, url, -1, SQLITE_STATIC);
  sqlite3_bind_text(insert_link, 2, title, -1, SQLITE_STATIC);
  run(insert_link);
}

static void page_done(void) {
  if (database && ++pages_in_transaction >= PAGES_A_TRANSACTION) {
    sql("COMMIT");
    pages_in_transaction = 0;
  }
}

/* Reading pages */

static xmlXPathCompExprPtr titles, dates, bodies, links, entries;

static void compile_paths(void) {
  titles = xmlXPathCompile(BAD_CAST "//h1[@class='t']|//h2[@class='t']");
  dates = xmlXPathCompile(BAD_CAST "//*[@class='date' or @class='pubtime' or @class='time'"
                                   " or @class='info']");
  bodies = xmlXPathCompile(BAD_CAST "//div[@id='content' or @id='article' or @id='text'"
                                    " or @id='zoom']");
  links = xmlXPathCompile(BAD_CAST "//div[@class='list']//li/a[@href]");
  entries = xmlXPathCompile(BAD_CAST "/rss/channel/item");
}

/* A page that says gb2312 means GB18030; libxml2 stops at the first character beyond GB 2312. */
static void decode(Transfer *page) {
  static iconv_t converter;
  static char *buffer;
  static size_t capacity;
  char head[1025];
  size_t length = page->count < 1024 ? page->count : 1024;
  memcpy(head, page->bytes, length);
  head[length] = 0;
  if (!strstr(head, "=gb") && !strstr(head, "=\"gb")) return;
  if (!converter) converter = iconv_open("UTF-8", "GB18030");
  if (capacity < page->count * 2 + 16) {
    capacity = page->count * 2 + 16;
    buffer = realloc(buffer, capacity);
  }
  char *from = page->bytes, *to = buffer;
  size_t left = page->count, room = capacity;
  while (left && iconv(converter, &from, &left, &to, &room) == (size_t)-1 && left) {
    from++;
    left--;
    if (room > 3) {
      memcpy(to, "\xEF\xBF\xBD", 3);
      to += 3;
      room -= 3;
    }
  }
  page->count = to - buffer;
  if (page->capacity < page->count) {
    page->capacity = page->count * 2;
    page->bytes = realloc(page->bytes, page->capacity);
  }
  memcpy(page->bytes, buffer, page->count);
}

static xmlChar *first(xmlXPathCompExprPtr path, xmlXPathContextPtr context) {
  xmlXPathObjectPtr found = xmlXPathCompiledEval(path, context);
  xmlChar *text = NULL;
  if (found && found->nodesetval && found->nodesetval->nodeNr)
    text = xmlNodeGetContent(found->nodesetval->nodeTab[0]);
  xmlXPathFreeObject(found);
  return text ? text : xmlStrdup(BAD_CAST "");
}

static void read_entries(xmlXPathContextPtr context) {
  xmlXPathObjectPtr found = xmlXPathCompiledEval(entries, context);
  for (int index = 0; found && found->nodesetval && index < found->nodesetval->nodeNr; index++) {
    xmlChar *title = NULL, *link = NULL;
    for (xmlNodePtr part = found->nodesetval->nodeTab[index]->children; part; part = part->next) {
      if (!xmlStrcmp(part->name, BAD_CAST "title")) title = xmlNodeGetContent(part);
      if (!xmlStrcmp(part->name, BAD_CAST "link")) link = xmlNodeGetContent(part);
    }
    if (title && link) take_link((char *)link, (char *)title);
    xmlFree(title);
    xmlFree(link);
  }
  xmlXPathFreeObject(found);
}

static void read_list(xmlXPathContextPtr context, const char *url) {
  xmlXPathObjectPtr found = xmlXPathCompiledEval(links, context);
  for (int index = 0; found && found->nodesetval && index < found->nodesetval->nodeNr; index++) {
    xmlNodePtr anchor = found->nodesetval->nodeTab[index];
    xmlChar *title = xmlNodeGetContent(anchor), *link = xmlGetProp(anchor, BAD_CAST "href");
    xmlChar *whole = xmlBuildURI(link, BAD_CAST url);
    take_link((char *)whole, (char *)title);
    xmlFree(title);
    xmlFree(link);
    xmlFree(whole);
  }
  xmlXPathFreeObject(found);
}

static void read_article(xmlXPathContextPtr context, const char *url) {
  xmlChar *title = first(titles, context), *date = first(dates, context);
  xmlChar *body = first(bodies, context);
  if (*body) tally.articles++;
  size_t title_length = strlen((char *)title), body_length = strlen((char *)body);
  char *text = malloc(title_length + body_length + 2);
  memcpy(text, title, title_length);
  text[title_length] = '\n';
  memcpy(text + title_length + 1, body, body_length);
  tally.article_hits += match(text, title_length + body_length + 1);
  free(text);
  store_page(url, (char *)title, (char *)date, (char *)body);
  xmlFree(title);
  xmlFree(date);
  xmlFree(body);
}

static void read_page(Transfer *page) {
  const char *url = page->address->url;
  const int quiet = XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  decode(page);
  xmlDocPtr document =
      page->address->kind == 'R'
          ? xmlReadMemory(page->bytes, (int)page->count, url, "UTF-8", quiet)
          : htmlReadMemory(page->bytes, (int)page->count, url, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                               HTML_PARSE_NONET | HTML_PARSE_COMPACT);
  if (!document) die(url, "cannot be parsed");
  if (database && !pages_in_transaction) sql("BEGIN");
  xmlXPathContextPtr context = xmlXPathNewContext(document);
  switch (page->address->kind) {
  case 'R': read_entries(context); break;
  case 'L': read_list(context, url); break;
  default: read_article(context, url);
  }
  xmlXPathFreeContext(context);
  xmlFreeDoc(document);
  page_done();
}

/* Fetching */

static Address *addresses;
static long address_count;

static void read_addresses(const char *path) {
  char line[1024];
  FILE *file = fopen(path, "r");
  if (!file) die(path, "cannot be read");
  addresses = calloc(MOST, sizeof *addresses);
  while (address_count < MOST && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    addresses[address_count++] = (Address){line[0], strdup(line + 2)};
  }
  fclose(file);
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *context) {
  Transfer *transfer = context;
  size_t length = size * count;
  if (transfer->count + length > transfer->capacity) {
    transfer->capacity = (transfer->count + length) * 2;
    transfer->bytes = realloc(transfer->bytes, transfer->capacity);
  }
  memcpy(transfer->bytes + transfer->count, bytes, length);
  transfer->count += length;
  return length;
}

static void begin(CURLM *multi, Transfer *transfer, const Address *address) {
  transfer->address = address;
  transfer->count = 0;
  curl_easy_setopt(transfer->easy, CURLOPT_URL, address->url);
  curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
  curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer);
  curl_easy_setopt(transfer->easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(transfer->easy, CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt(transfer->easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_multi_add_handle(multi, transfer->easy);
}

static Transfer *ended(CURLMsg *message) {
  Transfer *transfer;
  long status = 0;
  curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
  curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
  if (message->data.result || status != 200) {
    tally.missed++;
  } else {
    tally.pages++;
    tally.bytes += (long)transfer->count;
    if (mode >= PARSE) read_page(transfer);
  }
  return transfer;
}

static void fetch_all(void) {
  Transfer transfers[IN_FLIGHT] = {0}, *idle[IN_FLIGHT];
  int idle_count = 0, running, left;
  long next = 0;
  CURLM *multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 2L * IN_FLIGHT);
  for (int index = 0; index < IN_FLIGHT; index++) {
    Transfer *transfer = &transfers[index];
    transfer->easy = curl_easy_init();
    transfer->capacity = 256 << 10;
    transfer->bytes = malloc(transfer->capacity);
    idle[idle_count++] = transfer;
  }
  while (idle_count < IN_FLIGHT || next < address_count) {
    while (idle_count && next < address_count)
      begin(multi, idle[--idle_count], &addresses[next++]);
    int before = idle_count;
    curl_multi_perform(multi, &running);
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
      if (message->msg != CURLMSG_DONE) continue;
      Transfer *transfer = ended(message);
      curl_multi_remove_handle(multi, transfer->easy);
      idle[idle_count++] = transfer;
    }
    if (idle_count == before && idle_count < IN_FLIGHT)
      curl_multi_poll(multi, NULL, 0, 1000, NULL);
  }
}

static enum mode mode_named(const char *name) {
  static const char *names[] = {"fetch", "parse", "store", "full"};
  for (int index = 0; index < 4; index++)
    if (!strcmp(name, names[index])) return (enum mode)index;
  die(name, "no such mode");
  return FETCH;
}

int main(int count, char **words) {
  if (count != 5) die("usage", "floor MODE URLS KEYWORDS DATABASE");
  mode = mode_named(words[1]);
  read_addresses(words[2]);
  if (mode == FULL) read_keywords(words[3]);
  if (mode >= STORE) open_database(words[4]);
  compile_paths();
  curl_global_init(CURL_GLOBAL_ALL);
  fetch_all();
  if (pages_in_transaction) sql("COMMIT");
  if (database) sqlite3_close(database);
  printf("{\"pages\": %ld, \"missed\": %ld, \"bytes\": %ld, \"articles\": %ld, \"links\": %ld, "
         "\"hits\": %ld, \"articleHits\": %ld}\n",
         tally.pages, tally.missed, tally.bytes, tally.articles, tally.links,
         tally.link_hits + tally.article_hits, tally.article_hits);
  return 0;
}
