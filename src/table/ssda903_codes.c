/* The codes of SSDA903 in words. */
#include "base/text.h"
#include "howfar/ssda903.h"

typedef struct code {
    hf_ssda903_field field;
    const char *code;
    const char *text;
} code;

/* As of the return's guide, shortened to what a table has room for; with codes
 * that only returns of earlier years have. */
static const code codes[] = {
    {HF_SSDA903_PLACE, "A3",
     "placed for adoption with current foster carer, with consent"},
    {HF_SSDA903_PLACE, "A4",
     "placed for adoption not with current foster carer, with consent"},
    {HF_SSDA903_PLACE, "A5",
     "placed for adoption with current foster carer, placement order"},
    {HF_SSDA903_PLACE, "A6",
     "placed for adoption not with current foster carer, placement order"},
    {HF_SSDA903_PLACE, "H5",
     "semi-independent living, not under children's homes regulations"},
    {HF_SSDA903_PLACE, "K1", "secure children's home"},
    {HF_SSDA903_PLACE, "K2", "children's home"},
    {HF_SSDA903_PLACE, "K3", "supported accommodation"},
    {HF_SSDA903_PLACE, "M2", "missing, whereabouts known (not in refuge)"},
    {HF_SSDA903_PLACE, "M3", "missing, whereabouts unknown"},
    {HF_SSDA903_PLACE, "P1", "with parents or others responsible"},
    {HF_SSDA903_PLACE, "P2", "independent living"},
    {HF_SSDA903_PLACE, "P3", "residential employment"},
    {HF_SSDA903_PLACE, "Q1", "foster placement with relative or friend"},
    {HF_SSDA903_PLACE, "Q2", "foster placement with other foster carer"},
    {HF_SSDA903_PLACE, "R1", "residential care home"},
    {HF_SSDA903_PLACE, "R2", "NHS or other medical or nursing care"},
    {HF_SSDA903_PLACE, "R3", "family centre or mother and baby unit"},
    {HF_SSDA903_PLACE, "R4", "youth treatment centre"},
    {HF_SSDA903_PLACE, "R5", "young offender institution"},
    {HF_SSDA903_PLACE, "S1", "residential school"},
    {HF_SSDA903_PLACE, "T0", "temporary move"},
    {HF_SSDA903_PLACE, "T1", "temporary: in hospital"},
    {HF_SSDA903_PLACE, "T2", "temporary: child on holiday"},
    {HF_SSDA903_PLACE, "T3", "temporary: foster carer on holiday"},
    {HF_SSDA903_PLACE, "T4", "temporary: seven days or less"},
    {HF_SSDA903_PLACE, "U1", "foster: relative or friend, long term"},
    {HF_SSDA903_PLACE, "U2",
     "foster: relative or friend who is an approved adopter"},
    {HF_SSDA903_PLACE, "U3",
     "foster: relative or friend, not long term or for adoption"},
    {HF_SSDA903_PLACE, "U4", "foster: other carer, long term"},
    {HF_SSDA903_PLACE, "U5", "foster: other carer who is an approved adopter"},
    {HF_SSDA903_PLACE, "U6",
     "foster: other carer, not long term or for adoption"},
    {HF_SSDA903_PLACE, "Z1", "other placement"},
    {HF_SSDA903_LS, "C1", "interim care order"},
    {HF_SSDA903_LS, "C2", "full care order"},
    {HF_SSDA903_LS, "D1", "freeing order"},
    {HF_SSDA903_LS, "E1", "placement order"},
    {HF_SSDA903_LS, "J1",
     "remanded to local authority accommodation or youth detention"},
    {HF_SSDA903_LS, "J2",
     "in local authority accommodation under PACE (Police and Criminal "
     "Evidence Act 1984)"},
    {HF_SSDA903_LS, "J3",
     "youth rehabilitation order with residence or intensive fostering"},
    {HF_SSDA903_LS, "L1", "police protection"},
    {HF_SSDA903_LS, "L2", "emergency protection order"},
    {HF_SSDA903_LS, "L3", "child assessment order"},
    {HF_SSDA903_LS, "V2", "single period of accommodation, section 20"},
    {HF_SSDA903_LS, "V3", "short breaks, each episode recorded"},
    {HF_SSDA903_LS, "V4", "short breaks, the agreement recorded"},
    {HF_SSDA903_PLACE_PROVIDER, "PR0",
     "parents or others with parental responsibility"},
    {HF_SSDA903_PLACE_PROVIDER, "PR1", "own provision"},
    {HF_SSDA903_PLACE_PROVIDER, "PR2", "other local authority"},
    {HF_SSDA903_PLACE_PROVIDER, "PR3", "other public provision"},
    {HF_SSDA903_PLACE_PROVIDER, "PR4", "private provision"},
    {HF_SSDA903_PLACE_PROVIDER, "PR5", "voluntary or third sector"},
    {HF_SSDA903_PL_LA, "SCO", "Scotland"},
    {HF_SSDA903_PL_LA, "WAL", "Wales"},
    {HF_SSDA903_PL_LA, "NIR", "Northern Ireland"},
    {HF_SSDA903_PL_LA, "CON", "confidential"},
    {HF_SSDA903_PL_LA, "NUK", "outside the United Kingdom"},
    {HF_SSDA903_PL_LOCATION, "IN", "inside the authority's area"},
    {HF_SSDA903_PL_LOCATION, "OUT", "outside the authority's area"},
};

bool hf_ssda903_field_of(const char *column, hf_ssda903_field *out) {
    static const struct {
        const char *name;
        hf_ssda903_field field;
    } names[] = {{"PLACE", HF_SSDA903_PLACE},
                 {"PL", HF_SSDA903_PLACE},
                 {"LS", HF_SSDA903_LS},
                 {"PLACE_PROVIDER", HF_SSDA903_PLACE_PROVIDER},
                 {"PL_LA", HF_SSDA903_PL_LA},
                 {"PL_LOCATION", HF_SSDA903_PL_LOCATION}};
    hf__str name = hf__str_trim(hf__str_of(column));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (hf__str_is_nocase(name, names[i].name)) {
            *out = names[i].field;
            return true;
        }
    }
    return false;
}

const char *hf_ssda903_code_text(hf_ssda903_field field,
                                 const char *code_text) {
    hf__str wanted = hf__str_trim(hf__str_of(code_text));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].field == field &&
            hf__str_is_nocase(wanted, codes[i].code)) {
            return codes[i].text;
        }
    }
    return NULL;
}
