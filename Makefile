# howfar: `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# ---- what the user may set --------------------------------------------------
ifeq ($(origin CC),default)
CC := gcc
endif
AR ?= ar
INSTALL ?= install
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
DESTDIR ?=
# release, debug, asan, tsan, cov or fuzz
MODE ?= release
# 1: show the commands
V ?= 0
# 1: warnings are errors
WERROR ?=
# no: never look for missing packages
DEPS ?= yes
FUZZ_SECONDS ?= 60
CLANG ?= clang
CLANG_FORMAT ?= clang-format-14
CLANG_TIDY ?= clang-tidy-14

# ---- version, read from the header ------------------------------------------
VERSION := $(shell sed -n 's/^\#define HF_VERSION "\(.*\)"/\1/p' include/howfar/howfar.h)
SOVERSION := $(firstword $(subst ., ,$(VERSION)))

Q := $(if $(filter 1,$(V)),,@)
BUILD := build/$(MODE)

# ---- libraries underneath ---------------------------------------------------
# On a bare machine pkg-config may be missing; `make deps` comes before it.
# Some are loaded by the names of their shared objects when they are first
# needed (base/library.h).
LINKED := proj shapelib libutf8proc libzip jansson xlsxwriter zlib
LOADED := geos cairo libxml-2.0
PACKAGES := $(LINKED) $(LOADED)
DEP_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
DEP_LIBS := $(if $(DEP_CFLAGS),$(shell $(PKG_CONFIG) --libs $(LINKED) 2>/dev/null) -ldl)
soname = $(shell readelf -d "$$($(CC) -print-file-name=lib$(1).so)" 2>/dev/null | \
  sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
SONAMES := -DHF_SONAME_GEOS='"$(call soname,geos_c)"' \
  -DHF_SONAME_CAIRO='"$(call soname,cairo)"' -DHF_SONAME_XML2='"$(call soname,xml2)"'

# ---- flags ------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
  -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2 \
  -Wswitch-enum $(if $(filter-out 0,$(WERROR)),-Werror)
SANITIZE := -fsanitize=address,undefined
MODE_CFLAGS_release := -O2 -g -DNDEBUG
MODE_CFLAGS_debug := -O0 -g3
# Under AddressSanitizer also: what other machines have in place of SSE2.
MODE_CFLAGS_asan := -O1 -g3 -DHF_PORTABLE $(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
MODE_CFLAGS_tsan := -O1 -g3 -fsanitize=thread
MODE_CFLAGS_cov := -O0 -g3 --coverage
MODE_CFLAGS_fuzz := -O1 -g3 $(SANITIZE),fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer
MODE_LDFLAGS_asan := $(SANITIZE)
MODE_LDFLAGS_tsan := -fsanitize=thread
MODE_LDFLAGS_cov := --coverage
MODE_LDFLAGS_fuzz := $(SANITIZE)
ifeq ($(filter $(MODE),release debug asan tsan cov fuzz),)
$(error MODE=$(MODE): one of release, debug, asan, tsan, cov, fuzz)
endif

HF_CPPFLAGS := -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -Isrc $(SONAMES)
HF_CFLAGS := -std=c11 -ffp-contract=off -fPIC -fvisibility=hidden -pthread $(WARNINGS) $(MODE_CFLAGS_$(MODE))
HF_LIBS := $(DEP_LIBS) -lm -pthread
DATA_DEFINE := -DHF_DATA_DIR='"$(PREFIX)/share/howfar"'
COMPILE = $(CC) $(HF_CPPFLAGS) $(DEP_CFLAGS) $(CPPFLAGS) $(HF_CFLAGS) $(CFLAGS) -MMD -MP
LINK = $(CC) $(HF_CFLAGS) $(CFLAGS) $(MODE_LDFLAGS_$(MODE)) $(LDFLAGS)

# ---- files ------------------------------------------------------------------
LIB_SRC := $(sort $(filter-out src/cli/%,$(wildcard src/*/*.c)))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
TEST_SRC := $(sort $(wildcard tests/unit/test_*.c))
TEST_COMMON_SRC := $(sort $(filter-out $(TEST_SRC),$(wildcard tests/unit/*.c)))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
HEADERS := $(sort $(wildcard include/howfar/*.h src/*/*.h tests/unit/*.h tools/*/*.h))
C_FILES := $(HEADERS) $(LIB_SRC) $(CLI_SRC) $(sort $(wildcard tests/*/*.c tools/*.c tools/*/*.c))
SHAPES := $(sort $(wildcard shapes/*))

LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/%.o)
TEST_COMMON_OBJ := $(TEST_COMMON_SRC:%.c=$(BUILD)/%.o)
STATIC := $(BUILD)/libhowfar.a
SHARED := $(BUILD)/libhowfar.so.$(VERSION)
HOWFAR := $(if $(filter src/cli/main.c,$(CLI_SRC)),$(BUILD)/howfar)
TESTS := $(TEST_SRC:tests/unit/%.c=$(BUILD)/tests/%)
FUZZERS := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzz/%)

# ---- build ------------------------------------------------------------------
.PHONY: all tests demo demo-run check check-run test cli-test readme-test FORCE
all: $(STATIC) $(SHARED) $(HOWFAR) ## build the library and the command

# A stamp of compiler and flags: objects are made again when it changes. The
# texts are frozen here; the prefix is apart, for few objects know it.
STAMP_flags := $(CC) $(HF_CPPFLAGS) $(DEP_CFLAGS) $(CPPFLAGS) $(HF_CFLAGS) $(CFLAGS) $(LDFLAGS)
STAMP_prefix := $(DATA_DEFINE)
quoted = '$(subst ','\'',$(1))'
$(BUILD)/%.stamp: FORCE
	@mkdir -p $(@D)
	@$(if $(DEP_LIBS),,echo "howfar: missing one of: $(PACKAGES) (by $(PKG_CONFIG)); run 'make deps'" >&2; exit 1)
	@printf '%s\n' $(call quoted,$(STAMP_$*)) | cmp -s - $@ || \
	  printf '%s\n' $(call quoted,$(STAMP_$*)) > $@

# The loops of the fast engine (src/shape/lanes.h): vector instructions by the
# compiler, without reordering or fusing, so that all variants give the same bits;
# for finite numbers, or the lesser of two is not one instruction.
LANES_CFLAGS := -O3 -fno-math-errno -fno-trapping-math -ffinite-math-only -fno-signed-zeros
$(BUILD)/src/shape/lanes%: HF_CFLAGS += $(LANES_CFLAGS)
ifneq ($(findstring x86_64,$(shell $(CC) -dumpmachine 2>/dev/null)),)
$(BUILD)/src/shape/lanes_avx2%: HF_CFLAGS += -mavx2
$(BUILD)/src/shape/lanes_avx512%: HF_CFLAGS += -mavx512f -mavx512dq -mavx512vl -mprefer-vector-width=512
endif

$(BUILD)/%.o: %.c $(BUILD)/flags.stamp
	@mkdir -p $(@D)
	@$(if $(Q),echo "  CC    $<")
	$(Q)$(COMPILE) -c -o $@ $<

DATA_OBJ := $(BUILD)/src/base/context.o $(BUILD)/src/cli/paths.o
$(DATA_OBJ): private HF_CPPFLAGS += $(DATA_DEFINE)
$(DATA_OBJ): $(BUILD)/prefix.stamp

$(STATIC): $(LIB_OBJ)
	@$(if $(Q),echo "  AR    $@")
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(SHARED): $(LIB_OBJ)
	@$(if $(Q),echo "  LINK  $@")
	$(Q)$(LINK) -shared -Wl,-soname,libhowfar.so.$(SOVERSION) -o $@ $^ $(HF_LIBS) $(LDLIBS)

$(BUILD)/howfar: $(CLI_OBJ) $(STATIC)
	@$(if $(Q),echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $^ $(HF_LIBS) $(LDLIBS)

# This one makes the n-th allocation fail: the library's calls go through it.
$(BUILD)/tests/test_memory_failure: LDFLAGS += -Wl,--wrap=calloc,--wrap=realloc
$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(TEST_COMMON_OBJ) $(STATIC)
	@mkdir -p $(@D)
	@$(if $(Q),echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $^ $(HF_LIBS) -lcmocka $(LDLIBS)

# Fuzz targets: under libFuzzer in MODE=fuzz, else with a driver that runs files.
FUZZ_DRIVER := $(if $(filter fuzz,$(MODE)),,$(BUILD)/tests/fuzz/replay.o)
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(FUZZ_DRIVER) $(STATIC)
	@mkdir -p $(@D)
	@$(if $(Q),echo "  LINK  $@")
	$(Q)$(LINK) $(if $(FUZZ_DRIVER),,-fsanitize=fuzzer) -o $@ $^ $(HF_LIBS) $(LDLIBS)

# ---- first steps ------------------------------------------------------------
# Packages may come only now, so the rest runs in a make of its own, on all
# processors unless the user said how many.
JOBS = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))
.PHONY: deps
deps: ## install what building and testing need (Debian; asks for root or sudo)
	@tools/install-deps check

demo: ## install what is missing, build, annotate a sample file
	@$(if $(filter no,$(DEPS)),,tools/install-deps run)
	@$(MAKE) $(JOBS) demo-run

demo-run: all
	@tools/demo $(BUILD)/howfar

# ---- tests ------------------------------------------------------------------
check: ## install what is missing, build, run all tests
	@$(if $(filter no,$(DEPS)),,tools/install-deps check)
	@$(MAKE) $(JOBS) check-run

RUN_UNIT := tools/run-tests $(TESTS)
RUN_CLI := tests/cli/run $(BUILD)/howfar
RUN_TOOLS := tests/cli/run -C tests/tools $(or $(HOWFAR),/bin/true)
RUN_README := tools/check-readme $(BUILD)/howfar

check-run: all tests bench-programs
	@tools/run-suites $(BUILD)/logs unit '$(RUN_UNIT)' tools '$(RUN_TOOLS)' \
	  $(if $(HOWFAR),cli '$(RUN_CLI)' readme '$(RUN_README)')

tests: $(TESTS) ## build the unit tests
test: tests ## run the unit tests
	@$(RUN_UNIT)

cli-test: all ## run the tests of the command
	@$(RUN_CLI)

tools-test: all bench-programs ## run the tests of the tools
	@$(RUN_TOOLS)

readme-test: all ## run the examples of README.md
	@$(RUN_README)

# ---- measuring --------------------------------------------------------------
# What measures is linked with the static library, and one of them with the slow
# way of the tests. README's table is printed by tools/bench/readme-table.
.PHONY: bench bench-scaling bench-programs
BENCH_SRC := $(sort $(wildcard tools/bench/*.c))
BENCH_ALONE := tools/bench/bench.c
BENCH := $(patsubst tools/bench/%.c,$(BUILD)/bench/bench-%,$(filter-out $(BENCH_ALONE),$(BENCH_SRC)))
BENCH_OBJ := $(BUILD)/tools/bench/bench.o
BENCH_SETTINGS := $(foreach v,ROWS ROUNDS PEERS SEED HOME_CODE PEER_SECONDS MAX VERTICES OUT,$(if $($(v)),BENCH_$(v)='$($(v))'))

$(BUILD)/bench/bench-slow: BENCH_OBJ += $(BUILD)/tests/unit/oracle_border.o $(BUILD)/tests/unit/check.o
$(BUILD)/bench/bench-slow: HF_LIBS += -lcmocka
$(BUILD)/bench/bench-slow: $(BUILD)/tests/unit/oracle_border.o $(BUILD)/tests/unit/check.o
$(BUILD)/bench/bench-%: $(BUILD)/tools/bench/%.o $(BUILD)/tools/bench/bench.o $(STATIC)
	@mkdir -p $(@D)
	@$(if $(Q),echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $< $(BENCH_OBJ) $(STATIC) $(HF_LIBS) $(LDLIBS)

bench-programs: all $(BENCH) ## build what measures
bench: bench-programs ## measure howfar and, where installed, its peers (ROWS, ROUNDS, PEERS)
	@$(BENCH_SETTINGS) tools/bench/run $(BUILD)

bench-scaling: bench-programs ## measure by number of rows and of vertices, and plot (MAX rows)
	@$(BENCH_SETTINGS) tools/bench/scaling $(BUILD)

# ---- analysis ---------------------------------------------------------------

.PHONY: shapes-report tools-test format format-check layers exports tidy cppcheck tables lint asan tsan valgrind
format: ## format the C files
	$(Q)$(CLANG_FORMAT) -i $(C_FILES)

format-check: ## check that the C files are formatted
	$(Q)$(CLANG_FORMAT) --dry-run -Werror $(C_FILES)

layers: ## check every #include against tools/layers
	$(Q)tools/check-layers

exports: $(STATIC) $(SHARED) ## check which symbols the libraries show
	$(Q)tools/check-exports $(SHARED) $(STATIC) $(wildcard include/howfar/*.h)

# One file after the other, again only when it or a header changed.
TIDY := $(patsubst %,build/tidy/%.ok,$(filter %.c,$(C_FILES)))
tidy: $(TIDY) ## run clang-tidy
build/tidy/%.ok: % .clang-tidy $(HEADERS)
	@mkdir -p $(@D)
	@$(if $(Q),echo "  TIDY  $<")
	$(Q)$(CLANG_TIDY) --quiet $< -- -std=c11 $(HF_CPPFLAGS) $(DEP_CFLAGS) $(DATA_DEFINE) 2> $@.log \
	  || { cat $@.log >&2; exit 1; }
	@rm -f $@.log; touch $@

# cppcheck takes an output that is set unless the call fails for never set;
# clang-tidy's analyser follows the status.
cppcheck: ## run cppcheck where it is installed
	$(Q)if command -v cppcheck > /dev/null; then \
	  cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches --suppress=uninitStructMember --error-exitcode=1 \
	    $(HF_CPPFLAGS) -DHF_DATA_DIR='""' src; \
	else echo "cppcheck is not installed: skipped"; fi

tables: ## check the tables in shapes/
	$(Q)tools/check-tables

shapes-report: ## measure the default boundaries against official ones (python3)
	$(Q)/usr/bin/python3 tools/shapes-report

lint: format-check layers exports cppcheck tidy ## check format, layers, symbols; clang-tidy, cppcheck

# The sanitizers stop at the first finding, with a status of its own.
export ASAN_OPTIONS ?= detect_stack_use_after_return=1:strict_string_checks=1:allocator_may_return_null=1
export LSAN_OPTIONS ?= suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS ?= print_stacktrace=1
export TSAN_OPTIONS ?= halt_on_error=1

ASAN_CC ?= $(CC)
asan: ## run the tests under AddressSanitizer and UBSan
	@$(MAKE) MODE=asan CC='$(ASAN_CC)' asan-run
asan-run: all tests
	@tools/run-suites $(BUILD)/logs unit '$(RUN_UNIT)' $(if $(HOWFAR),cli '$(RUN_CLI)')

# Under tools that make a program ten to fifty times slower, without the tests
# that take seconds by themselves.
SLOW_TESTS := boundary_data memory_failure postcode_import postcode_index topology
QUICK_TESTS := $(filter-out $(SLOW_TESTS:%=$(BUILD)/tests/test_%),$(TESTS))
tsan: ## run the quick tests under ThreadSanitizer
	@$(MAKE) MODE=tsan tsan-run
tsan-run: $(QUICK_TESTS)
	@WRAP="$$(tools/no-aslr)" tools/run-tests $(QUICK_TESTS)

VALGRIND := valgrind -q --error-exitcode=99 --leak-check=full --suppressions=tests/valgrind.supp \
  --errors-for-leak-kinds=definite,indirect,possible --child-silent-after-fork=yes
valgrind: ## run the quick tests under valgrind
	@$(MAKE) MODE=debug valgrind-run
# This one would take minutes here, and runs under AddressSanitizer all the same.
VALGRIND_TESTS := $(filter-out $(BUILD)/tests/test_measure,$(QUICK_TESTS))
valgrind-run: $(VALGRIND_TESTS)
	@WRAP='$(VALGRIND)' TEST_TIMEOUT=600 tools/run-tests $(VALGRIND_TESTS)

.PHONY: asan-run tsan-run valgrind-run fuzz-replay fuzz-replay-run fuzz-run coverage coverage-run
fuzz-replay: ## run every fuzz target over its committed corpus
	@$(MAKE) MODE=asan CC='$(ASAN_CC)' fuzz-replay-run
fuzz-replay-run: $(FUZZERS)
	@tools/run-fuzzers $^

fuzz-%: ## fuzz one target for FUZZ_SECONDS (clang): make fuzz-text
	@$(MAKE) MODE=fuzz CC='$(CLANG)' FUZZ_NAME=$* fuzz-run
fuzz-run: $(BUILD)/fuzz/fuzz_$(FUZZ_NAME)
	@mkdir -p build/fuzz/found/$(FUZZ_NAME) tests/fuzz/corpus/$(FUZZ_NAME)
	$(Q)$< -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 \
	  -artifact_prefix=build/fuzz/$(FUZZ_NAME)- $(FUZZ_FLAGS) \
	  build/fuzz/found/$(FUZZ_NAME) tests/fuzz/corpus/$(FUZZ_NAME)

coverage: ## run the tests and print which lines they reach (gcc, lcov)
	@$(MAKE) MODE=cov coverage-run
coverage-run: all tests
	@find $(BUILD) -name '*.gcda' -delete
	@tools/run-suites $(BUILD)/logs unit '$(RUN_UNIT)' $(if $(HOWFAR),cli '$(RUN_CLI)')
	@for when in --initial ''; do \
	  lcov --quiet --capture $$when --directory $(BUILD)/src --base-directory . --no-external \
	    --output-file $(BUILD)/coverage$$when.info; \
	done
	@lcov --quiet --add-tracefile $(BUILD)/coverage--initial.info \
	  --add-tracefile $(BUILD)/coverage.info --output-file $(BUILD)/coverage.info
	@lcov --list $(BUILD)/coverage.info

# ---- install ----------------------------------------------------------------
.PHONY: install uninstall install-test
BINDIR = $(DESTDIR)$(PREFIX)/bin
LIBDIR = $(DESTDIR)$(PREFIX)/lib
INCLUDEDIR = $(DESTDIR)$(PREFIX)/include/howfar
DATADIR = $(DESTDIR)$(PREFIX)/share/howfar
MANDIR = $(DESTDIR)$(PREFIX)/share/man/man1

install: all ## install below DESTDIR and PREFIX (/usr/local)
	$(Q)$(INSTALL) -d $(LIBDIR)/pkgconfig $(INCLUDEDIR) $(DATADIR)
	$(Q)$(INSTALL) -m 644 include/howfar/*.h $(INCLUDEDIR)
	$(Q)$(INSTALL) -m 644 $(STATIC) $(LIBDIR)
	$(Q)$(INSTALL) -m 755 $(SHARED) $(LIBDIR)
	$(Q)ln -sf libhowfar.so.$(VERSION) $(LIBDIR)/libhowfar.so.$(SOVERSION)
	$(Q)ln -sf libhowfar.so.$(SOVERSION) $(LIBDIR)/libhowfar.so
	$(Q)sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(HF_LIBS)|' \
	  tools/howfar.pc.in > $(LIBDIR)/pkgconfig/howfar.pc
	$(Q)$(if $(SHAPES),$(INSTALL) -m 644 $(SHAPES) $(DATADIR))
	$(Q)$(if $(HOWFAR),$(INSTALL) -d $(BINDIR) $(MANDIR))
	$(Q)$(if $(HOWFAR),$(INSTALL) -m 755 $(HOWFAR) $(BINDIR))
	$(Q)$(if $(HOWFAR),$(INSTALL) -m 644 tools/howfar.1 $(MANDIR))

uninstall: ## remove what install put there
	$(Q)rm -f $(BINDIR)/howfar $(MANDIR)/howfar.1 $(LIBDIR)/libhowfar.a $(LIBDIR)/libhowfar.so \
	  $(LIBDIR)/libhowfar.so.$(SOVERSION) $(LIBDIR)/libhowfar.so.$(VERSION) $(LIBDIR)/pkgconfig/howfar.pc
	$(Q)rm -rf $(INCLUDEDIR) $(DATADIR)

install-test: all ## install into a folder, build programs against it, uninstall
	$(Q)MAKE='$(MAKE)' CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' tools/check-install build/stage

# ---- the rest ---------------------------------------------------------------
.PHONY: ci help clean
ci: ## everything that must hold before a change is taken
	@.ci/run

help: ## list the targets
	@sed -n 's/^\([a-z%-]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo
	@echo "MODE=release|debug|asan|tsan|cov|fuzz builds in build/MODE; CC, CFLAGS, LDFLAGS,"
	@echo "PREFIX and DESTDIR are honoured; V=1 shows the commands, WERROR=1 makes warnings"
	@echo "errors, DEPS=no never looks for missing packages."

clean: ## remove what was built
	$(Q)rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
