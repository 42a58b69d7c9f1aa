// libcurl for Swift. Swift calls no variadic C function, and curl's setopt and getinfo are all
// variadic, so each C type that travels through them has one wrapper here; everything else of
// libcurl is called as it is. A wrapper of the wrong type writes past an argument: where Swift's
// types cannot tell two of them apart, the name does.

#ifndef HUIYIN_CCURL_H
#define HUIYIN_CCURL_H

// Without this an easy, a multi and a share handle are all `void *`, and curl takes one for another.
#define CURL_STRICTER
#include <curl/curl.h>
// What its sockets are watched with, which Swift's Glibc leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>

// A C `long`: switches, numbers, times, bit masks, values of curl's own enums.
static inline CURLcode huiyin_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

// A `curl_off_t`: sizes and speeds, `CURLOPT_…_LARGE`. A long in its place is read as garbage on
// machines where the two differ.
static inline CURLcode huiyin_set_size(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

// A text, which curl copies (but for `CURLOPT_POSTFIELDS`); NULL puts the default back.
static inline CURLcode huiyin_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

// Any other pointer, which curl keeps and does not copy: what callbacks are handed, error buffers.
static inline CURLcode huiyin_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

// A list that curl keeps and does not copy: it must live until the option changes or the handle ends.
static inline CURLcode huiyin_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}

// A share handle: connections and TLS sessions that several easy handles use.
static inline CURLcode huiyin_set_share(CURL *easy, CURLSH *value) {
  return curl_easy_setopt(easy, CURLOPT_SHARE, value);
}

// The callbacks, one wrapper each, so that the compiler checks the signature that curl calls.

// What arrives in the body; fewer bytes than offered end the transfer.
static inline CURLcode huiyin_on_write(CURL *easy, curl_write_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
}

// Each header line, and each line that a mail server says; its signature is the body's.
static inline CURLcode huiyin_on_header(CURL *easy, curl_write_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, callback);
}

// What is to be sent: the body of a mail.
static inline CURLcode huiyin_on_read(CURL *easy, curl_read_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_READFUNCTION, callback);
}

// Before each socket is made, after the name has its address: the place to refuse an address.
static inline CURLcode huiyin_on_open_socket(CURL *easy, curl_opensocket_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

// Once connected and before the request leaves, on reused connections too.
static inline CURLcode huiyin_on_ready(CURL *easy, curl_prereq_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}

// Before each TLS handshake, with OpenSSL's context: where a feed's exception for expired
// certificates is made without giving up every other check.
static inline CURLcode huiyin_on_tls(CURL *easy, curl_ssl_ctx_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, callback);
}

// About once a second and as bytes move; a value other than 0 ends the transfer.
static inline CURLcode huiyin_on_progress(CURL *easy, curl_xferinfo_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, callback);
}

// What goes over the wire, with `CURLOPT_VERBOSE`. It sees passwords: never for a log.
static inline CURLcode huiyin_on_trace(CURL *easy, curl_debug_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, callback);
}

// What came of a transfer, one wrapper for each type that getinfo writes through its pointer.

// A C `long`: status, counts, errno; 0 where curl does not know.
static inline long huiyin_get_long(CURL *easy, CURLINFO what) {
  long value = 0;
  return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : 0;
}

// A `curl_off_t`: sizes, and times in microseconds (`CURLINFO_…_T`).
static inline curl_off_t huiyin_get_size(CURL *easy, CURLINFO what) {
  curl_off_t value = 0;
  return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : 0;
}

// A text that curl owns until the handle's next transfer; NULL where there is none.
static inline const char *huiyin_get_text(CURL *easy, CURLINFO what) {
  char *value = NULL;
  return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : NULL;
}

// A list that the caller frees; NULL where there is none.
static inline struct curl_slist *huiyin_get_list(CURL *easy, CURLINFO what) {
  struct curl_slist *value = NULL;
  return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : NULL;
}

// The socket in use; CURL_SOCKET_BAD where there is none.
static inline curl_socket_t huiyin_get_socket(CURL *easy, CURLINFO what) {
  curl_socket_t value = CURL_SOCKET_BAD;
  return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : CURL_SOCKET_BAD;
}

// A switch or number of the multi handle.
static inline CURLMcode huiyin_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

// Which sockets are to be watched, and for what; the context is handed to the callback.
static inline CURLMcode huiyin_multi_on_socket(CURLM *multi, void *context,
                                               curl_socket_callback callback) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  return code == CURLM_OK ? curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback) : code;
}

// What a share handle shares; locks are left out, because each share stays on one thread.
static inline CURLSHcode huiyin_share(CURLSH *share, curl_lock_data what) {
  return curl_share_setopt(share, CURLSHOPT_SHARE, what);
}

// The result of a finished transfer, out of a C union that Swift would read without knowing which.
static inline CURLcode huiyin_result(const CURLMsg *finished) {
  return finished->data.result;
}

// Lets libcurl keep the certificates that it trusts instead of reading them for each connection.
//
// It keeps those of a file, but not where a folder is set as well. Debian sets both by default, with
// the same certificates in them, and reading those takes 50 ms. Without a file the folder stays.
static inline void huiyin_keep_certificates(CURL *easy) {
  char *file = NULL;
  if (curl_easy_getinfo(easy, CURLINFO_CAINFO, &file) != CURLE_OK || !file) return;
  FILE *found = fopen(file, "re");
  if (!found) return;
  fclose(found);
  curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

// Set-up of the process. The flags are a macro of macros, which Swift does not import.
static inline CURLcode huiyin_curl_start(void) {
  return curl_global_init(CURL_GLOBAL_DEFAULT);
}

// curl's "no socket was opened", a macro with a cast in it.
static inline curl_socket_t huiyin_no_socket(void) {
  return CURL_SOCKET_BAD;
}

#endif
