/* An SSDA903 return in XML, read as rows of CSV: see episodes.h.
 *
 * Nothing but the bytes given is ever read: a document type declaration is
 * refused at its first line, so there are no entities, and nothing is fetched.
 */
#ifndef HOWFAR_TABLE_EPISODES_XML_H
#define HOWFAR_TABLE_EPISODES_XML_H

#include "table/stream.h"

/* Whether the first bytes of a file are those of XML (not of a web page). */
bool hf__is_xml(hf__str head);

typedef struct hf__episodes_xml hf__episodes_xml;

/* Reads from `in`, which must outlive it and have the document's first bytes
 * ahead. HF_ERR_UNSUITABLE for an unknown encoding, HF_ERR_MEMORY. */
hf_status hf__episodes_xml_open(hf_context *ctx, hf__stream *in, char delimiter,
                                hf__episodes_xml **out);
void hf__episodes_xml_close(hf__episodes_xml *xml);

/* Serves as hf__make_bytes; `source` is the hf__episodes_xml. HF_ERR_DAMAGED or
 * HF_ERR_UNSUITABLE with the line and what is wrong there, never with what the
 * line holds. */
hf_status hf__episodes_xml_make(hf_context *ctx, void *source, char *to,
                                size_t len, size_t *out_len);

#endif
