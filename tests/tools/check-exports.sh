# Each kind of wrong symbol is found.
cat >thing.h <<'END'
#define HF_API __attribute__((visibility("default")))
HF_API int hf_one(int a,
                  int (*b)(void));
HF_API const char *
hf_two(void);
END
good='#include "thing.h"
int hf_one(int a, int (*b)(void)) { return a + b(); }
int hf__inside(void);
int hf__inside(void) { return 1; }'
two='const char *hf_two(void) { return ""; }'
try() {
    echo "-- $1"
    echo "$2" >thing.c
    rm -f libthing.a
    gcc -fPIC -fvisibility=hidden -c thing.c -o thing.o &&
        gcc -shared -o libthing.so thing.o && ar rcs libthing.a thing.o
    "$ROOT/tools/check-exports" libthing.so libthing.a thing.h
    echo "exit status $?"
}
try "as promised" "$good
$two"
try "one is missing" "$good"
try "one is too many" "$good
$two
HF_API int hf_three(void) { return 3; }"
try "one has a name that may clash" "$good
$two
int helper(void);
int helper(void) { return 3; }"
try "one is used and defined nowhere" "$good
const char *hf__lost(void);
const char *hf_two(void) { return hf__lost(); }"
