# Each kind of wrong include is found; a tree that keeps the rules passes.
tree() {
    rm -rf tree
    mkdir -p tree/tools tree/include/howfar tree/src/low tree/src/high \
        tree/src/cli
    printf '# comment\nlow: thing\nhigh: more\ncli: howfar\n' >tree/tools/layers
    echo '#include <stddef.h>' >tree/include/howfar/thing.h
    echo '#include "howfar/thing.h"' >tree/include/howfar/more.h
    echo '#include "howfar/more.h"' >tree/include/howfar/howfar.h
    printf '#include <proj.h>\n#include "howfar/thing.h"\n' >tree/src/low/a.c
    echo '#include "howfar/more.h"' >tree/src/high/b.h
    printf '#include "high/b.h"\n#  include "low/l.h"\n' >tree/src/high/b.c
    echo '#include <stdint.h>' >tree/src/low/l.h
    echo '#include "howfar/howfar.h"' >tree/src/cli/main.c
}
try() {
    echo "-- $1"
    "$ROOT/tools/check-layers" tree
    echo "exit status $?"
}

tree
try "a good tree"
echo '#include "high/b.h"' >>tree/src/low/a.c
try "a lower layer includes from a higher one"
tree
echo '#include "howfar/more.h"' >>tree/src/low/a.c
try "a lower layer includes a higher public header"
tree
echo '#include "howfar/more.h"' >>tree/include/howfar/thing.h
try "a lower public header includes a higher one"
tree
echo '#include "high/b.h"' >>tree/src/cli/main.c
try "the command includes what is internal"
tree
echo '#include <proj.h>' >>tree/src/high/b.c
try "a third-party header in two files"
tree
echo '#include <geos_c.h>' >>tree/src/high/b.h
try "a third-party header in an internal header"
tree
echo '#include <geos_c.h>' >>tree/include/howfar/thing.h
try "a third-party header in a public header"
tree
echo '#include "howfar/howfar.h"' >>tree/src/high/b.c
try "the library includes the sum of all headers"
tree
printf '#include "other.h"\n#include "low/none.h"\n' >>tree/src/high/b.c
try "a header that is nowhere"
tree
echo >tree/include/howfar/unknown.h
mkdir tree/src/attic
echo >tree/src/attic/old.c
try "files that belong to no layer"
tree
rm -r tree/src tree/include
mkdir tree/src tree/include
try "an empty tree"
