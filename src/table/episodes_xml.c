/* Wraps libxml2's push parser: events without a tree, so that memory stays
 * bounded. Its messages hold pieces of the document and are never shown. */
#include "table/episodes_xml.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/context.h"
#include "base/library.h"
#include "base/memory.h"
#include "table/episodes.h"
#include "table/xml_text.h"

/* Loaded when it is first needed. */
/* clang-format off */
#define XML2(F) \
    F(xmlCreatePushParserCtxt) F(xmlCtxtUseOptions) F(xmlFreeParserCtxt) \
    F(xmlParseChunk) F(xmlStopParser)
/* clang-format on */
HF__LIBRARY(xml2, HF_SONAME_XML2, XML2)

/* Bytes given to the parser at a time. */
#define CHUNK ((size_t)16 << 10)
/* A tag or a comment is parsed as a whole, and the time for a tag's attributes
 * grows with their square. */
#define PENDING_MOST 65536

struct hf__episodes_xml {
    hf__stream *in;
    hf__episodes *episodes;
    xmlParserCtxtPtr parser;
    hf__xml_encoding encoding;
    hf__buf text;        /* UTF-8 for the parser */
    const char *problem; /* of the document itself */
    int code;            /* libxml2's first fatal error */
    unsigned long line;  /* where it stopped */
    bool is_stopped, at_end;
    bool is_missing; /* the error stands behind the last byte */
};

bool hf__is_xml(hf__str head) {
    static const char *const wide[] = {"\xFF\xFE<", "\xFE\xFF\0<", "<\0?",
                                       "\0<\0?"};
    static const size_t wide_len[] = {3, 4, 3, 4};
    for (size_t i = 0; i < 4; i++) {
        if (head.len >= wide_len[i] && !memcmp(head.at, wide[i], wide_len[i])) {
            return true;
        }
    }
    if (head.len >= 3 && !memcmp(head.at, "\xEF\xBB\xBF", 3)) {
        head = (hf__str){head.at + 3, head.len - 3};
    }
    head = hf__str_trim(head);
    if (head.len < 2 || head.at[0] != '<') {
        return false;
    }
    char c = head.at[1];
    bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    bool is_page =
        head.len >= 5 && hf__str_is_nocase((hf__str){head.at, 5}, "<html");
    bool is_page_type =
        head.len >= 14 &&
        hf__str_is_nocase((hf__str){head.at, 14}, "<!doctype html");
    return (is_letter || c == '?' || c == '!') && !is_page && !is_page_type;
}

static const char wrong_encoding[] =
    "characters that XML or the document's encoding does not have: its first "
    "line may name the wrong encoding";

/* ---- events ---- */

static void stop(hf__episodes_xml *xml) {
    if (!xml->is_stopped) {
        xml->is_stopped = true;
        xml->line =
            xml->parser->input ? (unsigned long)xml->parser->input->line : 0;
        xml2.xmlStopParser(xml->parser);
    }
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri, int n_namespaces,
                     const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes) {
    (void)prefix;
    (void)uri;
    (void)n_namespaces;
    (void)namespaces;
    (void)n_attributes;
    (void)n_defaulted;
    (void)attributes;
    hf__episodes_xml *xml = user;
    if (!xml->is_stopped &&
        !hf__episodes_start(xml->episodes, hf__str_of((const char *)name))) {
        stop(xml);
    }
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *uri) {
    (void)name;
    (void)prefix;
    (void)uri;
    hf__episodes_xml *xml = user;
    if (!xml->is_stopped && !hf__episodes_end(xml->episodes)) {
        stop(xml);
    }
}

static void on_text(void *user, const xmlChar *text, int len) {
    hf__episodes_xml *xml = user;
    if (!xml->is_stopped &&
        !hf__episodes_text(xml->episodes,
                           (hf__str){(const char *)text, (size_t)len})) {
        stop(xml);
    }
}

static void on_type(void *user, const xmlChar *name, const xmlChar *external,
                    const xmlChar *system) {
    (void)name;
    (void)external;
    (void)system;
    hf__episodes_xml *xml = user;
    xml->problem =
        "it declares a document type (DOCTYPE), which a return does not have, "
        "and which could fetch or blow up text: remove it";
    stop(xml);
}

static void on_error(void *user, xmlErrorPtr error) {
    hf__episodes_xml *xml = user;
    if (!xml->code && error && error->level == XML_ERR_FATAL) {
        xml->code = error->code;
        xml->line = error->line > 0 ? (unsigned long)error->line : 0;
        const xmlParserInput *input = xml->parser->input;
        xml->is_missing = xml->in->at_end && input && input->cur >= input->end;
    }
}

/* ---- reading ---- */

hf_status hf__episodes_xml_open(hf_context *ctx, hf__stream *in, char delimiter,
                                hf__episodes_xml **out) {
    hf__xml_encoding encoding;
    if (!hf__xml_encoding_of(hf__stream_ahead(in), &encoding)) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "%s: line 1: its encoding is not known here: save it "
                        "as UTF-8",
                        in->label);
    }
    hf_status status = hf__library_load(ctx, &xml2_library);
    if (status) {
        return status;
    }
    hf__episodes_xml *xml = hf__calloc(1, sizeof *xml);
    if (!xml) {
        return hf__fail_memory(ctx);
    }
    xmlSAXHandler events = {.initialized = XML_SAX2_MAGIC,
                            .internalSubset = on_type,
                            .characters = on_text,
                            .cdataBlock = on_text,
                            .startElementNs = on_start,
                            .endElementNs = on_end,
                            .serror = on_error};
    xml->in = in;
    xml->encoding = encoding;
    xml->episodes = hf__episodes_new(delimiter);
    xml->parser = xml2.xmlCreatePushParserCtxt(&events, xml, NULL, 0, NULL);
    if (!xml->episodes || !xml->parser) {
        hf__episodes_xml_close(xml);
        return hf__fail_memory(ctx);
    }
    xml2.xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    *out = xml;
    return HF_OK;
}

void hf__episodes_xml_close(hf__episodes_xml *xml) {
    if (xml) {
        hf__episodes_free(xml->episodes);
        xml2.xmlFreeParserCtxt(xml->parser);
        hf__buf_reset(&xml->text);
        hf__free(xml);
    }
}

/* What libxml2's codes mean here; NULL for all others. */
static const char *explain(int code) {
    switch (code) {
        case XML_ERR_TAG_NAME_MISMATCH:
            return "an end tag that does not match its start tag";
        case XML_ERR_UNDECLARED_ENTITY:
        case XML_WAR_UNDECLARED_ENTITY:
            return "an entity (\"&...;\") that is none of XML's own five";
        case XML_ERR_INVALID_ENCODING:
        case XML_ERR_INVALID_CHAR:
            return wrong_encoding;
        default:
            return NULL;
    }
}

static hf_status fail(hf_context *ctx, const hf__episodes_xml *xml) {
    const char *why =
        xml->problem ? xml->problem : hf__episodes_problem(xml->episodes);
    if (!why && (xml->is_stopped || xml->code == XML_ERR_NO_MEMORY)) {
        return hf__fail_memory(ctx);
    }
    why = why ? why : explain(xml->code);
    bool is_cut = !why && (xml->at_end || xml->is_missing);
    if (!why) {
        why = is_cut ? "the document ends in the middle: it may have been cut "
                       "short"
                     : "not well-formed XML";
    }
    return hf__fail(ctx, is_cut ? HF_ERR_DAMAGED : HF_ERR_UNSUITABLE,
                    "%s: line %lu: %s", xml->in->label, xml->line, why);
}

static hf_status check(hf_context *ctx, hf__episodes_xml *xml) {
    const xmlParserInput *input = xml->parser->input;
    if (!xml->is_stopped && !xml->code && xml->parser->wellFormed && input &&
        input->end - input->cur > PENDING_MOST) {
        xml->problem = "a tag, a comment or the like is longer than 64 KB";
        stop(xml);
    }
    return xml->is_stopped || xml->code || !xml->parser->wellFormed
               ? fail(ctx, xml)
               : HF_OK;
}

/* Gives the parser its next bytes, or the end. */
static hf_status feed(hf_context *ctx, hf__episodes_xml *xml) {
    hf_status status = hf__stream_fill(ctx, xml->in, CHUNK);
    if (status) {
        return status;
    }
    hf__str ahead = hf__stream_ahead(xml->in);
    size_t used = 0;
    ahead.len = ahead.len < CHUNK ? ahead.len : CHUNK;
    xml->text.len = 0;
    if (!hf__xml_decode(xml->encoding, ahead, &xml->text, &used)) {
        xml->problem = wrong_encoding;
        stop(xml);
        return fail(ctx, xml);
    }
    if (xml->text.failed) {
        return hf__fail_memory(ctx);
    }
    /* Half a character may be left over at the end. */
    xml->at_end = used == 0;
    hf__stream_skip(xml->in, used);
    xml2.xmlParseChunk(xml->parser, xml->text.len ? xml->text.text : "",
                       (int)xml->text.len, xml->at_end);
    status = check(ctx, xml);
    if (!status && xml->at_end && !hf__episodes_finish(xml->episodes)) {
        stop(xml);
        status = fail(ctx, xml);
    }
    return status;
}

hf_status hf__episodes_xml_make(hf_context *ctx, void *source, char *to,
                                size_t len, size_t *out_len) {
    hf__episodes_xml *xml = source;
    for (;;) {
        *out_len = hf__episodes_take(xml->episodes, to, len);
        if (*out_len || xml->at_end) {
            return HF_OK;
        }
        hf_status status = feed(ctx, xml);
        if (status) {
            return status;
        }
    }
}
