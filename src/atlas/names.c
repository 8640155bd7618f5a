#include "atlas/names.h"

#include <string.h>

#include "base/memory.h"

/* What an office adds behind the name, after folding, and what may stand before
 * that: "Hertfordshire County Council", "Swansea City and County Council". */
static const char *const office_words[] = {
    "council", "corporation", "authority", "cc", "mbc",
    "bc",      "lbc",         "cbc",       "dc"};
static const char *const office_kinds[] = {"metropolitan borough",
                                           "metropolitan district",
                                           "london borough",
                                           "royal borough",
                                           "county borough",
                                           "city and county",
                                           "city and district",
                                           "city and borough",
                                           "borough",
                                           "county",
                                           "city",
                                           "district",
                                           "unitary",
                                           "local"};

/* What comes before a name, longest first. */
static const char *const prefixes[] = {"the",
                                       "council of the city of",
                                       "council of the",
                                       "royal borough of",
                                       "london borough of",
                                       "metropolitan borough of",
                                       "metropolitan district of",
                                       "county borough of",
                                       "city and county of",
                                       "city and district of",
                                       "city and borough of",
                                       "borough of",
                                       "district of",
                                       "county of",
                                       "city of",
                                       "lb of",
                                       "rb of",
                                       "lb",
                                       "cyngor",
                                       "county"};

static hf__str last_word(hf__str text) {
    size_t start = text.len;
    while (start && text.at[start - 1] != ' ') {
        start--;
    }
    return (hf__str){text.at + start, text.len - start};
}

/* Without `words` at its end, unless there is nothing else; false where they
 * are not there. */
static bool strip_end(hf__str *text, const char *words) {
    size_t len = strlen(words);
    if (text->len < len + 2 ||
        memcmp(text->at + text->len - len, words, len) != 0 ||
        text->at[text->len - len - 1] != ' ') {
        return false;
    }
    text->len -= len + 1;
    return true;
}

static hf__str strip_office(hf__str text) {
    hf__str word = last_word(text);
    for (size_t i = 0; i < sizeof office_words / sizeof *office_words; i++) {
        if (!hf__str_is(word, office_words[i]) ||
            !strip_end(&text, office_words[i])) {
            continue;
        }
        for (size_t j = 0; j < sizeof office_kinds / sizeof *office_kinds;
             j++) {
            if (strip_end(&text, office_kinds[j])) {
                break;
            }
        }
        break;
    }
    return text;
}

static hf__str strip_prefixes(hf__str text) {
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t len = strlen(prefixes[i]);
        if (text.len > len + 1 && !memcmp(text.at, prefixes[i], len) &&
            text.at[len] == ' ') {
            text.at += len + 1;
            text.len -= len + 1;
        }
    }
    return text;
}

/* A bare name also loses "county" and "council area" behind it: "Durham
 * County", "Highland Council Area". */
static hf__str strip_suffixes(hf__str text) {
    static const char *const suffixes[] = {"council area", "london borough",
                                           "borough", "county"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (strip_end(&text, suffixes[i])) {
            break;
        }
    }
    return text;
}

/* The part behind the last comma of an inverted name ("City of" of "Bristol,
 * City of"), or nothing. */
static hf__str inverted_part(hf__str name) {
    for (size_t i = name.len; i-- > 0;) {
        if (name.at[i] == ',') {
            hf__str part =
                hf__str_trim((hf__str){name.at + i + 1, name.len - i - 1});
            bool ends_in_of =
                part.len > 3 &&
                hf__str_is_nocase((hf__str){part.at + part.len - 3, 3}, " of");
            return ends_in_of ? part : (hf__str){name.at + name.len, 0};
        }
    }
    return (hf__str){name.at + name.len, 0};
}

static hf__str before_comma(hf__str name) {
    while (name.len && name.at[name.len - 1] != ',') {
        name.len--;
    }
    name.len -= name.len > 0;
    return hf__str_trim(name);
}

/* Words that are written in two ways, in one. */
static void add_words(hf__str folded, hf__buf *out) {
    size_t i = 0;
    while (i < folded.len) {
        size_t end = i;
        while (end < folded.len && folded.at[end] != ' ') {
            end++;
        }
        hf__str word = {folded.at + i, end - i};
        if (out->len) {
            hf__buf_add_char(out, ' ');
        }
        if (hf__str_is(word, "saint")) {
            hf__buf_add_text(out, "st");
        } else if (hf__str_is(word, "upon")) {
            hf__buf_add_text(out, "on");
        } else {
            hf__buf_add(out, word.at, word.len);
        }
        i = end + 1;
    }
}

static char *full_key(hf__str name) {
    hf__buf folded, words;
    hf__buf_init(&folded);
    hf__buf_init(&words);
    hf__str part = inverted_part(name);
    if (part.len) {
        hf__fold(part, &folded);
        hf__buf_add_char(&folded, ' ');
        hf__buf rest;
        hf__buf_init(&rest);
        hf__fold(before_comma(name), &rest);
        hf__buf_add(&folded, rest.text ? rest.text : "", rest.len);
        folded.failed |= rest.failed;
        hf__buf_reset(&rest);
    } else {
        hf__fold(name, &folded);
    }
    add_words((hf__str){folded.text, folded.len}, &words);
    words.failed |= folded.failed;
    hf__buf_reset(&folded);
    return hf__buf_take(&words);
}

hf_status hf__name_keys_make(hf__str name, hf__name_keys *out) {
    hf__name_keys keys = {.full = full_key(hf__str_trim(name))};
    if (!keys.full) {
        return HF_ERR_MEMORY;
    }
    hf__str core = strip_office(hf__str_of(keys.full));
    hf__str bare = strip_suffixes(strip_prefixes(core));
    keys.core = hf__strndup(core.at, core.len);
    keys.bare = hf__strndup(bare.at, bare.len);
    if (!keys.core || !keys.bare) {
        hf__name_keys_reset(&keys);
        return HF_ERR_MEMORY;
    }
    *out = keys;
    return HF_OK;
}

void hf__name_keys_reset(hf__name_keys *keys) {
    hf__free(keys->full);
    hf__free(keys->core);
    hf__free(keys->bare);
    *keys = (hf__name_keys){0};
}

char *hf__name_for_people(const char *official) {
    hf__str name = hf__str_of(official);
    if (inverted_part(name).len) {
        name = before_comma(name);
    }
    return hf__strndup(name.at, name.len);
}
