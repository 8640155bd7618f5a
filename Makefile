# howfar: `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# ---- what the user may set ------------------------------------------------
CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
AR ?= ar
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
DESTDIR ?=
MODE ?= release
V ?= 0

# ---- version, read from the header ------------------------------------------
VERSION := $(shell sed -n 's/^\#define HF_VERSION "\(.*\)"/\1/p' include/howfar/howfar.h)
SOVERSION := $(firstword $(subst ., ,$(VERSION)))

Q := $(if $(filter 1,$(V)),,@)
BUILD := build/$(MODE)

# ---- libraries underneath -----------------------------------------------------
PACKAGES := proj geos libutf8proc jansson zlib libzip
DEP_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
DEP_LIBS := $(shell $(PKG_CONFIG) --libs proj libutf8proc jansson zlib libzip 2>/dev/null) -lgeos_c -lshp -lm -lpthread

# ---- flags ----------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
  -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2 \
  -Wswitch-enum $(if $(WERROR),-Werror)
MODE_CFLAGS_release := -O2 -g -DNDEBUG
MODE_CFLAGS_debug := -O0 -g3
MODE_CFLAGS_asan := -O1 -g3 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
MODE_CFLAGS_tsan := -O1 -g3 -fsanitize=thread
MODE_CFLAGS_cov := -O0 -g3 --coverage
MODE_CFLAGS_fuzz := -O1 -g3 -fsanitize=address,undefined,fuzzer-no-link -fno-omit-frame-pointer
MODE_LDFLAGS_asan := -fsanitize=address,undefined
MODE_LDFLAGS_tsan := -fsanitize=thread
MODE_LDFLAGS_cov := --coverage
MODE_LDFLAGS_fuzz := -fsanitize=address,undefined
ifeq ($(filter $(MODE),release debug asan tsan cov fuzz),)
$(error MODE=$(MODE): one of release, debug, asan, tsan, cov, fuzz)
endif

HF_CPPFLAGS := -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -Isrc \
  -DHF_DATA_DIR='"$(PREFIX)/share/howfar"'
HF_CFLAGS := -std=c11 -fPIC -fvisibility=hidden $(WARNINGS) $(MODE_CFLAGS_$(MODE))
COMPILE = $(CC) $(HF_CPPFLAGS) $(DEP_CFLAGS) $(CPPFLAGS) $(HF_CFLAGS) $(CFLAGS) -MMD -MP
LINK = $(CC) $(HF_CFLAGS) $(CFLAGS) $(MODE_LDFLAGS_$(MODE)) $(LDFLAGS)

LIB_SRC := $(sort $(filter-out src/cli/%,$(wildcard src/*/*.c)))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
TEST_SRC := $(sort $(wildcard tests/unit/test_*.c))
TEST_COMMON_SRC := $(sort $(filter-out $(TEST_SRC),$(wildcard tests/unit/*.c)))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/%.o)
TEST_COMMON_OBJ := $(TEST_COMMON_SRC:%.c=$(BUILD)/%.o)
TESTS := $(TEST_SRC:tests/unit/%.c=$(BUILD)/tests/%)

# A stamp of compiler and flags: objects are made again when it changes.
STAMP_TEXT := $(CC) $(HF_CPPFLAGS) $(DEP_CFLAGS) $(CPPFLAGS) $(HF_CFLAGS) $(CFLAGS) $(LDFLAGS)
STAMP := $(BUILD)/flags.stamp

.PHONY: all help clean FORCE
all: $(BUILD)/libhowfar.a $(if $(CLI_SRC),$(BUILD)/howfar) ## build the library and the command

$(STAMP): FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(STAMP_TEXT))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(STAMP_TEXT))' > $@

$(BUILD)/%.o: %.c $(STAMP)
	@mkdir -p $(@D)
	@$(if $(Q),echo "  CC    $<")
	$(Q)$(COMPILE) -c -o $@ $<

$(BUILD)/libhowfar.a: $(LIB_OBJ)
	@$(if $(Q),echo "  AR    $@")
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/howfar: $(CLI_OBJ) $(BUILD)/libhowfar.a
	@$(if $(Q),echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $^ $(DEP_LIBS) $(LDLIBS)

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(TEST_COMMON_OBJ) $(BUILD)/libhowfar.a
	@mkdir -p $(@D)
	@$(if $(Q),echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $^ $(DEP_LIBS) -lcmocka $(LDLIBS)

.PHONY: tests
tests: $(TESTS) ## build the unit tests
.SECONDARY:

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | sort | expand -t 16

clean: ## remove what was built
	$(Q)rm -rf build

-include $(shell find build/$(MODE) -name '*.d' 2>/dev/null)
