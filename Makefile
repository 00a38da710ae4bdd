# make            build/autogen
# make demo       the main job, shown; installs what is missing first (Debian, Ubuntu)
# make test       every test; installs what is missing first
# make unit       the unit tests alone
# make check-corpus  schemas that Debian packages ship, and those of CORPUS=DIR, on all servers
# make check-alembic the same random commands by Alembic and by autogen: GRAPHS=300 SERVER=mariadb-10.11
# make install    PREFIX=/usr/local DESTDIR=
# make deps       install everything that building and testing need
# make format     clang-format over the .c files (headers are laid out by hand)
# make clean
#
# V=1                            whole command lines
# DEVELOPER=1                    warnings are errors
# SANITIZE=address,undefined     into build/sanitize
# CC=clang                       into build/clang
# MYSQL_CFLAGS=… MYSQL_LIBS=…    another client library (with a BUILD=… of its own)
# TESTS="unit golden"            only these groups (tests/run)
# ROOMS="base syntax"            only these folders of src/, while another one is being rebuilt

ROOMS  ?= *
PREFIX ?= /usr/local
CFLAGS ?= $(if $(SANITIZE),-O1,-O2) -g

comma   := ,
space   := $(subst ,, )
variant := $(filter-out cc gcc,$(notdir $(firstword $(CC)))) $(if $(SANITIZE),sanitize)
BUILD   ?= build$(addprefix /,$(subst $(space),-,$(strip $(variant))))

# --- what is missing ------------------------------------------------------------------------------

ifneq ($(filter-out clean deps demo test format,$(or $(MAKECMDGOALS),all)),)
missing := $(shell MYSQL_LIBS='$(MYSQL_LIBS)' tests/deps missing build)
ifneq ($(missing),)
$(error to build autogen, these packages are needed: $(missing) ('make deps' installs them on Debian))
endif
endif

# --- flags ----------------------------------------------------------------------------------------

pkg_config = $(shell pkg-config $1 2>/dev/null)
libraries  := jansson libcrypto libutf8proc

ifndef MYSQL_LIBS
mysql_pc     := $(if $(call pkg_config,--modversion libmariadb),libmariadb,mysqlclient)
MYSQL_CFLAGS := $(call pkg_config,--cflags $(mysql_pc))
MYSQL_LIBS   := $(call pkg_config,--libs $(mysql_pc))
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla \
            -Wformat=2 -Wswitch-enum $(if $(DEVELOPER),-Werror)
SANITIZER := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
HOUSE     := -std=c11 -D_GNU_SOURCE $(WARNINGS) -Isrc -I$(BUILD) -I. \
            $(call pkg_config,--cflags $(libraries)) $(SANITIZER)
LIBS      := $(call pkg_config,--libs $(libraries)) $(MYSQL_LIBS)

# what a rule says of itself, in place of its commands
say = $(if $(V),,@$(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,echo '  $1 $@');)

COMPILE = $(CC) $(HOUSE) $(CPPFLAGS) $(CFLAGS) -MMD -MP
LINK    = $(CC) $(CFLAGS) $(SANITIZER) $(LDFLAGS)

# --- what there is --------------------------------------------------------------------------------

SOURCES   := $(wildcard $(patsubst %,src/%/*.c,$(ROOMS)))
LEXER     := $(patsubst %.l,$(BUILD)/%.lex.c,$(wildcard grammar/*.l))
PARSER    := $(patsubst %.y,$(BUILD)/%.tab.c,$(wildcard grammar/*.y))
GENERATED := $(LEXER) $(PARSER)
HEADERS   := $(GENERATED:.c=.h)
OBJECTS   := $(SOURCES:%.c=$(BUILD)/%.o) $(GENERATED:.c=.o)
MAIN      := $(BUILD)/src/cli/main.o
LIBRARY   := $(BUILD)/libautogen.a
PROGRAM   := $(if $(filter $(MAIN),$(OBJECTS)),$(BUILD)/autogen)

SUPPORT      := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
UNIT_TESTS   := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*/test_*.c))
SERVER_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/server/*.c))
CORPUS_CHECK := $(BUILD)/tests/corpus/check_corpus
CORPUS_CASES := $(filter-out $(CORPUS_CHECK).o,$(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/corpus/*.c)))
FUZZERS      := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))

MAKEFLAGS += --no-print-directory

.PHONY: all demo test unit programs check-headers check-corpus check-alembic fuzz fuzzers format install clean deps FORCE
.SECONDARY:
.DELETE_ON_ERROR:

all: $(LIBRARY) $(PROGRAM)

# --- building -------------------------------------------------------------------------------------

# Flags and the list of objects are kept in files, so that a change of either builds again.
remember = @mkdir -p $(@D); echo "$1" | cmp -s - $@ || echo "$1" >$@

$(BUILD)/flags: FORCE
	$(call remember,$(COMPILE) $(MYSQL_CFLAGS) $(LINK) $(LIBS))

$(BUILD)/objects: FORCE
	$(call remember,$(OBJECTS))

$(BUILD)/%.o: %.c $(BUILD)/flags | $(HEADERS)
	@mkdir -p $(@D)
	$(call say,cc)$(COMPILE) $(EXTRA) -c -o $@ $<

# nobody else may include <mysql.h>
$(BUILD)/src/mysql/db.o: EXTRA = $(MYSQL_CFLAGS)

$(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags | $(HEADERS)
	$(call say,cc)$(COMPILE) -c -o $@ $<

$(BUILD)/%.lex.c $(BUILD)/%.lex.h &: %.l
	@mkdir -p $(@D)
	$(call say,flex)flex --outfile=$(BUILD)/$*.lex.c --header-file=$(BUILD)/$*.lex.h $<

$(BUILD)/%.tab.c $(BUILD)/%.tab.h &: %.y
	@mkdir -p $(@D)
	$(call say,bison)bison -Wall -Wcounterexamples $(if $(DEVELOPER),-Werror) \
		--output=$(BUILD)/$*.tab.c --header=$(BUILD)/$*.tab.h $<

$(LIBRARY): $(filter-out $(MAIN),$(OBJECTS)) $(BUILD)/objects
	$(call say,ar)rm -f $@; ar rcs $@ $(filter %.o,$^)

$(BUILD)/autogen: $(MAIN) $(LIBRARY) $(BUILD)/flags
	$(call say,ld)$(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(SUPPORT) $(LIBRARY)
	$(call say,ld)$(LINK) -o $@ $^ $(LIBS) $(call pkg_config,--libs cmocka)

$(BUILD)/tests/server/%: $(BUILD)/tests/server/%.o $(SUPPORT) $(LIBRARY)
	$(call say,ld)$(LINK) -o $@ $(filter %.o,$^) $(LIBRARY) $(LIBS)

$(CORPUS_CHECK): $(CORPUS_CHECK).o $(CORPUS_CASES) $(LIBRARY)
	$(call say,ld)$(LINK) -o $@ $^ $(LIBS)

# the same cases, of which a few are run with the other tests
$(BUILD)/tests/server/test_corpus: $(CORPUS_CASES)

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(LIBRARY)
	$(call say,ld)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# --- testing --------------------------------------------------------------------------------------

programs: all $(HEADERS) $(UNIT_TESTS) $(SERVER_TESTS) $(CORPUS_CHECK)

unit: $(UNIT_TESTS)
	BUILD=$(BUILD) tests/run unit

check-headers: $(HEADERS)
	BUILD=$(BUILD) tests/check-headers

# libFuzzer is clang's; everything is built with its instrumentation
fuzz:
	$(MAKE) CC=clang SANITIZE=fuzzer-no-link$(comma)address$(comma)undefined \
		BUILD=$(BUILD)/fuzz fuzzers

fuzzers: $(FUZZERS)

# Installing may change what the flags above found: hence a second make.  It uses all processors
# unless this one was told how many.
again = $(MAKE) $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc)) --output-sync=target

demo:
	@tests/deps install demo
	@$(again) all
	@BUILD=$(BUILD) tests/demo

test:
	@tests/deps install test
	@$(again) -k programs || export BUILD_FAILED=1; BUILD=$(BUILD) tests/run $(TESTS)

# real schemas, on real servers: CORPUS=DIR for more of them, SERVERS="mariadb-11.8" for fewer servers
check-corpus:
	@tests/deps install test
	@$(again) $(CORPUS_CHECK)
	@BUILD=$(BUILD) tests/corpus/run

# as many as it takes to be sure; a few of them run with the other tests
check-alembic:
	@tests/deps install test
	@$(again) all
	@BUILD=$(BUILD) tests/alembic/graphs --graphs $(or $(GRAPHS),300) $(or $(SERVER),mariadb-10.11)

deps:
	@tests/deps install test

# --- the rest -------------------------------------------------------------------------------------

format:
	clang-format -i $(shell find src tests -name '*.c')

install: all
	install -D -m 755 $(BUILD)/autogen $(DESTDIR)$(PREFIX)/bin/autogen

clean:
	rm -rf build
