#include "atlas/names.h"

#include <string.h>

#include "base/memory.h"

/* Words that say what kind of authority it is. */
enum { NOTHING = 0, COUNTY = HF__SAYS_COUNTY, CITY = HF__SAYS_CITY };
enum { LONDON = HF__SAYS_LONDON };

#define LIST(array) array, sizeof(array) / sizeof *(array)

typedef struct phrase {
    const char *words;
    size_t len;
    int says;
} phrase;

#define PHRASE(words, says) \
    { words, sizeof(words) - 1, says }

/* What an office adds behind the name, after folding, and what may stand before
 * that: "Hertfordshire County Council", "Swansea City and County Council". */
static const phrase office_words[] = {
    PHRASE("council", NOTHING),   PHRASE("corporation", NOTHING),
    PHRASE("authority", NOTHING), PHRASE("cc", NOTHING),
    PHRASE("mbc", NOTHING),       PHRASE("mdc", NOTHING),
    PHRASE("mc", NOTHING),        PHRASE("bc", NOTHING),
    PHRASE("lbc", LONDON),        PHRASE("cbc", NOTHING),
    PHRASE("dc", NOTHING),        PHRASE("ua", NOTHING),
    PHRASE("la", NOTHING)};
static const phrase office_kinds[] = {PHRASE("metropolitan borough", NOTHING),
                                      PHRASE("metropolitan district", NOTHING),
                                      PHRASE("metropolitan county", NOTHING),
                                      PHRASE("met borough", NOTHING),
                                      PHRASE("london borough", LONDON),
                                      PHRASE("royal borough", NOTHING),
                                      PHRASE("county borough", NOTHING),
                                      PHRASE("city and county", NOTHING),
                                      PHRASE("city and district", NOTHING),
                                      PHRASE("city and borough", NOTHING),
                                      PHRASE("metropolitan", NOTHING),
                                      PHRASE("met", NOTHING),
                                      PHRASE("borough", NOTHING),
                                      PHRASE("county", COUNTY),
                                      PHRASE("city", CITY),
                                      PHRASE("district", NOTHING),
                                      PHRASE("unitary", NOTHING),
                                      PHRASE("local", NOTHING)};

/* What stands behind a name without an office: "Durham Co", "Barnet LB",
 * "Highland Council Area". */
static const phrase suffixes[] = {PHRASE("council area", NOTHING),
                                  PHRASE("co", COUNTY), PHRASE("lb", LONDON)};

/* What comes before a name, longest first where one begins another. */
static const phrase prefixes[] = {PHRASE("corporation of", NOTHING),
                                  PHRASE("council of", NOTHING),
                                  PHRASE("royal borough of", NOTHING),
                                  PHRASE("royal borough", NOTHING),
                                  PHRASE("london borough of", LONDON),
                                  PHRASE("london borough", LONDON),
                                  PHRASE("metropolitan borough of", NOTHING),
                                  PHRASE("metropolitan district of", NOTHING),
                                  PHRASE("county borough of", NOTHING),
                                  PHRASE("city and county of", NOTHING),
                                  PHRASE("city and district of", NOTHING),
                                  PHRASE("city and borough of", NOTHING),
                                  PHRASE("borough of", NOTHING),
                                  PHRASE("district of", NOTHING),
                                  PHRASE("county of", COUNTY),
                                  PHRASE("city of", CITY),
                                  PHRASE("lb of", LONDON),
                                  PHRASE("rb of", NOTHING),
                                  PHRASE("lb", LONDON),
                                  PHRASE("rb", NOTHING),
                                  PHRASE("cyngor bwrdeistref sirol", NOTHING),
                                  PHRASE("cyngor dinas", CITY),
                                  PHRASE("cyngor", NOTHING),
                                  PHRASE("dinas a sir", NOTHING),
                                  PHRASE("sir", COUNTY),
                                  PHRASE("county", COUNTY)};

/* Without the first of the phrases that stands at its end, unless there is
 * nothing else; false where none does. */
static bool strip_end(const phrase *list, size_t n, hf__str *text, int *says) {
    for (size_t i = 0; i < n; i++) {
        size_t len = list[i].len;
        if (text->len >= len + 2 && text->at[text->len - len - 1] == ' ' &&
            !memcmp(text->at + text->len - len, list[i].words, len)) {
            text->len -= len + 1;
            *says |= list[i].says;
            return true;
        }
    }
    return false;
}

static bool strip_start(const phrase *list, size_t n, hf__str *text,
                        int *says) {
    for (size_t i = 0; i < n; i++) {
        size_t len = list[i].len;
        if (text->len > len + 1 && text->at[len] == ' ' &&
            !memcmp(text->at, list[i].words, len)) {
            text->at += len + 1;
            text->len -= len + 1;
            *says |= list[i].says;
            return true;
        }
    }
    return false;
}

static hf__str strip_office(hf__str text, int *says) {
    while (strip_end(LIST(office_words), &text, says)) {
        strip_end(LIST(office_kinds), &text, says);
    }
    return text;
}

static hf__str strip_all(hf__str text, int *says) {
    while (strip_start(LIST(prefixes), &text, says)) {
    }
    while (strip_end(LIST(suffixes), &text, says) ||
           strip_end(LIST(office_kinds), &text, says)) {
    }
    return text;
}

/* Where an inverted name is cut: at its last comma, opening bracket or dash
 * between blanks, where "of" ends what follows ("Bristol, City of", "Bristol
 * (City of)"). Its length where it is not inverted. */
static size_t inverted_at(hf__str name) {
    for (size_t i = name.len; i-- > 1;) {
        bool is_dash = name.at[i] == '-' && name.at[i - 1] == ' ' &&
                       i + 1 < name.len && name.at[i + 1] == ' ';
        if (name.at[i] == ',' || name.at[i] == '(' || is_dash) {
            size_t end = name.len - (name.at[name.len - 1] == ')');
            hf__str part =
                hf__str_trim((hf__str){name.at + i + 1, end - i - 1});
            bool ends_in_of =
                part.len > 3 &&
                hf__str_is_nocase((hf__str){part.at + part.len - 3, 3}, " of");
            return ends_in_of ? i : name.len;
        }
    }
    return name.len;
}

typedef struct spelling {
    const char *word, *usual;
} spelling;

static hf__str spell(const spelling *list, size_t n, hf__str word) {
    for (size_t i = 0; i < n; i++) {
        if (list[i].word[0] == word.at[0] && hf__str_is(word, list[i].word)) {
            return hf__str_of(list[i].usual);
        }
    }
    return word;
}

/* Words that are written in several ways, in one; "" drops the word. */
static const spelling usual_words[] = {
    {"the", ""},
    {"saint", "st"},
    {"upon", "on"},
    {"isles", "isle"},
    {"island", "isle"},
    {"islands", "isle"},
    {"beds", "bedfordshire"},
    {"berks", "berkshire"},
    {"bucks", "buckinghamshire"},
    {"cambs", "cambridgeshire"},
    {"derbys", "derbyshire"},
    {"glos", "gloucestershire"},
    {"gloucs", "gloucestershire"},
    {"hants", "hampshire"},
    {"herts", "hertfordshire"},
    {"lanark", "lanarkshire"},
    {"lanarks", "lanarkshire"},
    {"lancs", "lancashire"},
    {"leics", "leicestershire"},
    {"lincs", "lincolnshire"},
    {"northants", "northamptonshire"},
    {"notts", "nottinghamshire"},
    {"oxon", "oxfordshire"},
    {"staffs", "staffordshire"},
    {"warks", "warwickshire"},
    {"wilts", "wiltshire"},
    {"worcs", "worcestershire"},
    {"yorks", "yorkshire"},
};

/* The points of the compass before another word: "N Yorks", "NE Lincs". */
static const spelling compass_words[] = {
    {"n", "north"},       {"s", "south"},       {"e", "east"},
    {"w", "west"},        {"ne", "north east"}, {"nw", "north west"},
    {"se", "south east"}, {"sw", "south west"},
};

/* A word as it is usually written; compass points have two letters at most, the
 * other words more. */
static hf__str usual_word(hf__str word, bool is_last) {
    if (word.len > 2) {
        return spell(LIST(usual_words), word);
    }
    return word.len && !is_last ? spell(LIST(compass_words), word) : word;
}

/* The next word; letters that stand alone are one word ("C.C.", "N. E."). */
static hf__str next_word(hf__str *rest, char letters[8]) {
    size_t n = 0;
    hf__str word = {rest->at, 0};
    while (rest->len) {
        size_t len = 0;
        while (len < rest->len && rest->at[len] != ' ') {
            len++;
        }
        if (n && (len != 1 || n == 8)) {
            break;
        }
        word = (hf__str){rest->at, len};
        size_t used = len + (len < rest->len);
        rest->at += used;
        rest->len -= used;
        if (len != 1) {
            return word;
        }
        letters[n++] = *word.at;
    }
    return n > 1 ? (hf__str){letters, n} : word;
}

static void add_words(hf__str folded, hf__buf *out) {
    char letters[8];
    while (folded.len) {
        hf__str typed = next_word(&folded, letters);
        hf__str word = usual_word(typed, !folded.len);
        bool is_last_of_all = !folded.len && !out->len;
        if (!word.len && is_last_of_all) {
            word = typed;
        }
        if (out->len && word.len) {
            hf__buf_add_char(out, ' ');
        }
        hf__buf_add(out, word.at, word.len);
    }
}

/* Folds a part; '+' and '/' stand for "and". */
static void add_folded(hf__str part, hf__buf *out) {
    hf__buf plain;
    hf__buf_init(&plain);
    if (part.len &&
        (memchr(part.at, '+', part.len) || memchr(part.at, '/', part.len))) {
        for (size_t i = 0; i < part.len; i++) {
            char c = part.at[i];
            hf__buf_add_char(&plain, c == '+' || c == '/' ? '&' : c);
        }
        part = (hf__str){plain.text ? plain.text : "", plain.len};
    }
    if (out->len) {
        hf__buf_add_char(out, ' ');
    }
    hf__fold(part, out);
    out->failed |= plain.failed;
    hf__buf_reset(&plain);
}

char *hf__name_key(hf__str name) {
    hf__buf folded, words;
    hf__buf_init(&folded);
    hf__buf_init(&words);
    name = hf__str_trim(name);
    size_t cut = inverted_at(name);
    if (cut < name.len) {
        add_folded((hf__str){name.at + cut + 1, name.len - cut - 1}, &folded);
    }
    add_folded((hf__str){name.at, cut}, &folded);
    add_words((hf__str){folded.text ? folded.text : "", folded.len}, &words);
    words.failed |= folded.failed;
    hf__buf_reset(&folded);
    return hf__buf_take(&words);
}

hf_status hf__name_keys_make(hf__str name, hf__name_keys *out) {
    hf__name_keys keys = {.full = hf__name_key(name)};
    if (!keys.full) {
        return HF_ERR_MEMORY;
    }
    hf__str core = strip_office(hf__str_of(keys.full), &keys.says);
    hf__str bare = strip_all(core, &keys.says);
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
    name = hf__str_trim((hf__str){name.at, inverted_at(name)});
    return hf__strndup(name.at, name.len);
}
