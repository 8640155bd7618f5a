/* The bytes of an XML document as UTF-8, by what its first bytes say: UTF-8,
 * US-ASCII, ISO-8859-1 and Windows-1252 (taken alike, as browsers do), UTF-16.
 * Others are refused: what a converter of the system does with broken text
 * differs from one to the next. */
#ifndef HOWFAR_TABLE_XML_TEXT_H
#define HOWFAR_TABLE_XML_TEXT_H

#include <stdbool.h>

#include "base/text.h"

typedef enum hf__xml_encoding {
    HF__XML_UTF8 = 0,
    HF__XML_ASCII,
    HF__XML_CP1252,
    HF__XML_UTF16LE,
    HF__XML_UTF16BE
} hf__xml_encoding;

/* `head` is the first bytes, up to the end of the XML declaration if there is
 * one. False for an encoding that is not known. */
bool hf__xml_encoding_of(hf__str head, hf__xml_encoding *out);

/* Adds as much of `bytes` as is whole to `out`; *out_used is how much that was:
 * the rest waits for the bytes that follow. False for what the encoding does
 * not have (in UTF-8: not looked for). A lack of memory shows in out->failed.
 */
bool hf__xml_decode(hf__xml_encoding encoding, hf__str bytes, hf__buf *out,
                    size_t *out_used);

#endif
