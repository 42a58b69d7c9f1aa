// libxml2 as Swift can use it: parsing, trees and XPath, and nothing that reaches a network or disk.
#ifndef HUIYIN_CLIBXML2_SHIM_H
#define HUIYIN_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>

// libxml2's headers would pull in ICU's, which clash with those of Foundation.
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// xmlFree is a mutable global holding a function, which Swift 6 refuses to read.
static inline void huiyin_xml_free(void *memory) { xmlFree(memory); }

// Without a handler, errors of XPath go to standard error, which is not ours to write.
static inline void huiyin_xml_be_silent(void *context, xmlErrorPtr error) {
  (void)context;
  (void)error;
}

// The type of the handler differs between releases of libxml2 by a const.
static inline void huiyin_xpath_silence(xmlXPathContextPtr context) {
  context->error = (xmlStructuredErrorFunc)huiyin_xml_be_silent;
}

// Only a hostile page nests so deep, and libxml2 looks through all open elements at each end tag:
// what comes after is not read. The caller caps the depth of what it understands itself, lower.
static inline void huiyin_html_start(void *context, const xmlChar *name, const xmlChar **atts) {
  htmlParserCtxtPtr parser = (htmlParserCtxtPtr)context;
  if (parser->nodeNr > 1000) {
    xmlStopParser(parser);
    return;
  }
  xmlSAX2StartElement(context, name, atts);
}

// HTMLparser.h has no option for depth: without this, libxml2 stops reading at 256 open elements
// and the rest of the page is lost. The caller caps the depth itself, higher.
static inline htmlDocPtr huiyin_html_read(const char *bytes, int count) {
  htmlParserCtxtPtr parser = htmlNewParserCtxt();
  if (parser == NULL) return NULL;
  parser->options |= XML_PARSE_HUGE;
  parser->sax->startElement = huiyin_html_start;
  htmlDocPtr document = htmlCtxtReadMemory(
      parser, bytes, count, NULL, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
          HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC);
  htmlFreeParserCtxt(parser);
  return document;
}

// Never XML_PARSE_NOENT, which reads local files, nor XML_PARSE_DTDLOAD, nor XML_PARSE_HUGE, which
// lifts the guards against entities that multiply.
static inline xmlDocPtr huiyin_xml_read(const char *bytes, int count) {
  return xmlReadMemory(bytes, count, NULL, "UTF-8",
                       XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                           XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
}

// XML that is read from its beginning to its end and never is a tree: sheets of a hundred thousand
// cells. The same guards as above; the caller ends at a DTD.
static inline xmlTextReaderPtr huiyin_xml_stream(const char *bytes, int count) {
  xmlTextReaderPtr reader = xmlReaderForMemory(
      bytes, count, NULL, NULL, XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET);
  if (reader) xmlTextReaderSetStructuredErrorHandler(
      reader, (xmlStructuredErrorFunc)huiyin_xml_be_silent, NULL);
  return reader;
}

// The code point of an entity that HTML names, 0 where it names none.
static inline unsigned int huiyin_html_entity(const xmlChar *name) {
  const htmlEntityDesc *entity = htmlEntityLookup(name);
  return entity == NULL ? 0 : entity->value;
}

#endif
