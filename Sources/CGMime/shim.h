// GMime for Swift: mails as trees of parts, their headers and their decoded contents. What GMime and
// GObject do by macros has a function here.
//
// What is used of GMime is declared here and not included: its headers bring in all of GLib, and
// compiler flags that SwiftPM passes on only with a warning at each build. After GMime's own header
// this one declares nothing twice that differs, so a compiler that is shown both proves it right;
// the tests do that.

#ifndef HUIYIN_CGMIME_H
#define HUIYIN_CGMIME_H

#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>

#ifndef __GMIME_H__
typedef struct _GTypeInstance GTypeInstance;
typedef struct _GMimeStream GMimeStream;
typedef struct _GMimeParser GMimeParser;
typedef struct _GMimeParserOptions GMimeParserOptions;
typedef struct _GMimeMessage GMimeMessage;
typedef struct _GMimeObject GMimeObject;
typedef struct _GMimeMultipart GMimeMultipart;
typedef struct _GMimePart GMimePart;
typedef struct _GMimeMessagePart GMimeMessagePart;
typedef struct _GMimeDataWrapper GMimeDataWrapper;
typedef struct _GMimeContentType GMimeContentType;
typedef struct _GMimeHeader GMimeHeader;
typedef struct _GMimeHeaderList GMimeHeaderList;
typedef struct _InternetAddress InternetAddress;
typedef struct _InternetAddressList InternetAddressList;
typedef struct _InternetAddressMailbox InternetAddressMailbox;
#endif

void g_free(void *memory);
void g_object_unref(void *object);
int g_type_check_instance_is_a(GTypeInstance *instance, unsigned long type);

void g_mime_init(void);
unsigned long g_mime_multipart_get_type(void);
unsigned long g_mime_message_part_get_type(void);
unsigned long g_mime_part_get_type(void);
unsigned long internet_address_mailbox_get_type(void);

GMimeStream *g_mime_stream_mem_new(void);
GMimeStream *g_mime_stream_mem_new_with_buffer(const char *buffer, size_t count);
ssize_t g_mime_stream_read(GMimeStream *stream, char *buffer, size_t count);
int g_mime_stream_reset(GMimeStream *stream);
int64_t g_mime_stream_length(GMimeStream *stream);

GMimeParser *g_mime_parser_new_with_stream(GMimeStream *stream);
GMimeMessage *g_mime_parser_construct_message(GMimeParser *parser, GMimeParserOptions *options);

GMimeObject *g_mime_message_get_mime_part(GMimeMessage *mail);
GMimeMessage *g_mime_message_part_get_message(GMimeMessagePart *part);
int g_mime_multipart_get_count(GMimeMultipart *multipart);
GMimeObject *g_mime_multipart_get_part(GMimeMultipart *multipart, int index);
const char *g_mime_multipart_get_prologue(GMimeMultipart *multipart);
GMimeDataWrapper *g_mime_part_get_content(GMimePart *part);
ssize_t g_mime_data_wrapper_write_to_stream(GMimeDataWrapper *content, GMimeStream *stream);

GMimeContentType *g_mime_object_get_content_type(GMimeObject *object);
char *g_mime_content_type_get_mime_type(GMimeContentType *type);
const char *g_mime_object_get_content_type_parameter(GMimeObject *object, const char *name);
const char *g_mime_object_get_disposition(GMimeObject *object);
const char *g_mime_object_get_content_disposition_parameter(GMimeObject *object,
                                                            const char *name);
GMimeHeaderList *g_mime_object_get_header_list(GMimeObject *object);
GMimeHeader *g_mime_header_list_get_header(GMimeHeaderList *headers, const char *name);
const char *g_mime_header_get_raw_value(GMimeHeader *header);
char *g_mime_utils_header_decode_text(GMimeParserOptions *options, const char *text);

InternetAddressList *internet_address_list_parse(GMimeParserOptions *options, const char *text);
int internet_address_list_length(InternetAddressList *list);
InternetAddress *internet_address_list_get_address(InternetAddressList *list, int index);
const char *internet_address_mailbox_get_addr(InternetAddressMailbox *mailbox);

// A mail as a tree; it keeps no pointer to the bytes. NULL where they are no mail at all.
static inline GMimeMessage *huiyin_mime_read(const char *bytes, size_t count) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, count);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *mail = g_mime_parser_construct_message(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  return mail;
}

static inline void huiyin_mime_free(GMimeMessage *mail) {
  if (mail != NULL) g_object_unref(mail);
}

static inline GMimeObject *huiyin_mime_object(GMimeMessage *mail) {
  return (GMimeObject *)mail;
}

static inline int huiyin_mime_is(void *object, unsigned long type) {
  return object != NULL && g_type_check_instance_is_a((GTypeInstance *)object, type);
}

// What an object is; NULL where it is something else.

static inline GMimeMultipart *huiyin_mime_multipart(GMimeObject *object) {
  return huiyin_mime_is(object, g_mime_multipart_get_type()) ? (GMimeMultipart *)object : NULL;
}

static inline GMimePart *huiyin_mime_leaf(GMimeObject *object) {
  return huiyin_mime_is(object, g_mime_part_get_type()) ? (GMimePart *)object : NULL;
}

// The mail inside a part of type message/rfc822.
static inline GMimeMessage *huiyin_mime_inner(GMimeObject *object) {
  if (!huiyin_mime_is(object, g_mime_message_part_get_type())) return NULL;
  return g_mime_message_part_get_message((GMimeMessagePart *)object);
}

// A leaf's content with its transfer encoding undone; the caller frees it with `free`.
static inline char *huiyin_mime_content(GMimePart *part, size_t *count) {
  *count = 0;
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  if (content == NULL) return NULL;
  GMimeStream *stream = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(content, stream);
  int64_t length = g_mime_stream_length(stream);
  char *bytes = length > 0 ? malloc((size_t)length) : NULL;
  if (bytes != NULL && g_mime_stream_reset(stream) == 0) {
    ssize_t read = g_mime_stream_read(stream, bytes, (size_t)length);
    *count = read > 0 ? (size_t)read : 0;
  }
  g_object_unref(stream);
  return bytes;
}

// The first header of a name as it came, folded and encoded; NULL where there is none.
static inline const char *huiyin_mime_header(GMimeObject *object, const char *name) {
  GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  return header == NULL ? NULL : g_mime_header_get_raw_value(header);
}

// Copies the first address of a list that is one, and no group; false where there is none, or
// where there is no room for it.
static inline int huiyin_mime_address(const char *written, char *room, size_t count) {
  InternetAddressList *list = internet_address_list_parse(NULL, written);
  if (list == NULL) return 0;
  int found = 0;
  for (int i = 0; !found && i < internet_address_list_length(list); i++) {
    InternetAddress *one = internet_address_list_get_address(list, i);
    if (!huiyin_mime_is(one, internet_address_mailbox_get_type())) continue;
    const char *address = internet_address_mailbox_get_addr((InternetAddressMailbox *)one);
    size_t length = 0;
    while (address != NULL && address[length] != 0) length++;
    if (length == 0 || length >= count) continue;
    for (size_t at = 0; at <= length; at++) room[at] = address[at];
    found = 1;
  }
  g_object_unref(list);
  return found;
}

#endif
