/*
 * model.y: the grammar of the model language, of op lines and of servers' expressions.
 *
 * Reads the tokens of the filter (syntax/filter.h), which has settled what each word means where it
 * stands; so no word is reserved here. Actions build nodes through syntax/build.h and do nothing
 * else. Precedence is in the nonterminals, as MySQL's own grammar has it.
 */
%define api.pure full
%define api.prefix {model_yy}
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param {struct parse *p}

%code requires {
#include "syntax/build.h"
}

%code {
#include "base/context.h"
#include "syntax/filter.h"
#include "syntax/syntax_error.h"

#define YYLLOC_DEFAULT(current, rhs, n)                                                    \
	((current) = (n) ? span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n))                   \
			 : (struct span){ YYRHSLOC(rhs, 0).src, YYRHSLOC(rhs, 0).end,      \
					  YYRHSLOC(rhs, 0).end })

static int model_yylex(MODEL_YYSTYPE *value, struct span *span, struct parse *p)
{
	const struct token *token = &p->tokens.items[p->next];

	if (token->kind != T_EOF)
		p->next++;
	else
		p->eof_read = true;
	value->token = token;
	*span = token->span;
	return token->kind;
}

static void model_yyerror(struct span *span, struct parse *p, const char *message)
{
	(void)message; /* out of memory, or of the parser's stack */
	parse_error(p, *span, "this is nested too deeply");
}
}

%union {
	const struct token *token;
	struct expr *expr;
	struct expr_list *exprs;
	struct tree_ident ident;
	struct tree_ident_list *idents;
	struct tree_table_name table_name;
	struct tree_type *type;
	struct tree_reference *reference;
	struct tree_attr *attr;
	struct tree_attr_list *attrs;
	struct tree_part *part;
	struct tree_part_list *parts;
	struct tree_item *item;
	struct tree_item_list *items;
	struct tree_partition *partition;
	struct tree_partition_def *def;
	struct build_defs *defs;
	struct tree_place place;
	struct tree_op *op;
}

/* What is wanted: the first token of all. */
%token S_FILE S_ITEM S_TYPE S_EXPR S_PARTITION S_OP
%token T_EOF 0 "the end" T_NEWLINE "the end of the line"
/* Of the lexer; T_WORD and T_QUOTED become others. */
%token <token> T_WORD T_QUOTED T_STRING "a string" T_NUMBER "a number" T_HEX T_BIT T_VARIABLE
%token <token> T_BODY "a body in $$" T_COMPARE T_SHIFT T_ARROW T_AND T_OR T_ASSIGN
%token <token> '=' '-' '+' '*' '/' '%' '^' '~' '!' '&' '|'
%token <token> T_NAME "a name" T_HEAD T_UNIT "a unit" T_INTRODUCER T_TEMPORAL T_TYPE_WORD "a type"
/* Items. */
%token <token> T_SCHEMA "'schema'" T_TYPE "'type'" T_MIXIN "'mixin'" T_TABLE "'table'" T_OBJECT
%token <token> T_PRIMARY_KEY "'primary key'" T_PRIMARY T_UNIQUE "'unique'" T_INDEX "'index'"
%token <token> T_FULLTEXT "'fulltext'" T_SPATIAL "'spatial'" T_VECTOR "'vector'"
%token <token> T_FOREIGN_KEY "'foreign key'" T_FOREIGN T_CONSTRAINT "'constraint'"
%token <token> T_CHECK "'check'" T_USE "'use'" T_PARTITION_BY "'partition by'"
%token <token> T_PARTITION "'partition'" T_PERIOD "'period'" T_LIKE "'like'"
%token <token> T_REFERENCES "'references'"
/* Attributes, by what they carry. */
%token <token> T_ATTR "an attribute" T_ATTR_WORD T_ATTR_STRING T_ATTR_EXPR T_ATTR_TARGET
%token <token> T_ON_DELETE "'on delete'" T_ON_DELETE_WHAT T_ON_UPDATE "'on update'"
/* Partitions. */
%token <token> T_LINEAR "'linear'" T_HASH "'hash'" T_KEY "'key'" T_RANGE "'range'"
%token <token> T_COLUMNS "'columns'" T_SYSTEM_TIME "'system_time'" T_ALGORITHM "'algorithm'"
%token <token> T_PARTITIONS "'partitions'" T_SUBPARTITION_BY "'subpartition by'"
%token <token> T_SUBPARTITIONS "'subpartitions'" T_MANAGED_EXTERNALLY "'managed externally'"
%token <token> T_KEEPING_ROWS "'keeping rows'"
%token <token> T_SUBPARTITION "'subpartition'" T_LESS_THAN "'values less than'"
%token <token> T_VALUES_IN "'values in'" T_PART_DEFAULT T_PART_CURRENT T_PART_HISTORY
/* Operations. */
%token <token> T_OP_CREATE "'create'" T_OP_DROP "'drop table'" T_RENAME_TABLE "'rename table'"
%token <token> T_ALTER_TABLE "'alter table'" T_ADD "'add'" T_DROP "'drop'" T_ALTER "'alter'"
%token <token> T_RENAME_COLUMN "'rename column'" T_RENAME_INDEX "'rename index'" T_MOVE "'move'"
%token <token> T_SET "'set'" T_FIRST "'first'" T_AFTER "'after'" T_TO "'to'" T_NONE "'none'"
/* Expressions. */
%token <token> T_XOR T_NOT T_IN T_IS T_BETWEEN T_REGEXP T_DIV T_CASE T_WHEN "'when'"
%token <token> T_THEN "'then'" T_ELSE "'else'" T_END "'end'"
%token <token> T_NULL "'null'" T_BOOL T_UNKNOWN T_INTERVAL T_BINARY T_COLLATE T_ESCAPE
%token <token> T_SOUNDS_LIKE T_MEMBER_OF T_ASC T_DESC T_WITHOUT_OVERLAPS T_FROM "'from'" T_FOR
%token <token> T_USING "'using'" T_AS "'as'" T_ARRAY T_CHARSET T_AT_TIME_ZONE T_RETURNING T_ERROR
%token <token> T_DEFAULT T_ON_EMPTY T_ON_ERROR T_TRIM_SIDE T_CAST T_CONVERT T_TRIM T_SUBSTRING
%token <token> T_EXTRACT T_POSITION T_CHAR T_UNIT_CALL T_ROW T_JSON_VALUE T_CALL T_BARE_CALL

%type <expr> expr expr_or expr_xor expr_and expr_not expr_bool predicate bit bit_and bit_shift bit_add
%type <expr> bit_mul bit_xor unary collated primary atom literal string call case else value
%type <expr> sign_number row_value when_operand bound strings
%type <exprs> trim_args expr_list call_args when_list bounds bound_list type_args type_arg_list
%type <ident> name opt_name word_value
%type <idents> name_list columns opt_columns targets target
%type <table_name> table_name
%type <type> type cast_type
%type <reference> reference
%type <attr> attr def_attr
%type <attrs> attrs def_attrs schema_attrs set_side
%type <part> part
%type <parts> parts part_list
%type <item> top block table broken entry entry_body column key_word foreign check
%type <items> entries
%type <partition> partition partition_head sub_head method
%type <def> def def_head
%type <defs> defs def_list sub_defs
%type <place> opt_place place
%type <op> op
%type <token> eq

%start start

%%

start:
	S_FILE file
|	S_ITEM entry ends                       { p->item = $2; }
|	S_TYPE type attrs ends                  { p->type = $2; p->attrs = $3; }
|	S_EXPR expr ends                        { p->expr = $2; }
|	S_PARTITION T_PARTITION_BY partition ends { p->partition = $3; }
|	S_OP op ends                            { p->op = $2; p->op->span = @2; }
;
ends:
	T_NEWLINE
;
eq:
	%empty                                  { $$ = NULL; }
|	'='
;

/* --- files ------------------------------------------------------------------------------------ */

file:
	%empty
|	file top T_NEWLINE                      { build_top(p, $2, @2); }
|	file broken                             { build_top(p, $2, @2); }
|	file error T_NEWLINE                    { yyerrok; }
|	file error '{' entries '}' T_NEWLINE    { yyerrok; (void)$4; }
;
top:
	block
|	table attrs
		{ $$ = $1; build_join_attrs(p, &$$->attrs, $2); }
|	T_TYPE name '=' type attrs
		{ $$ = build_item(p, TREE_TYPE, $2); $$->type = $4; $$->attrs = *$5; }
|	T_OBJECT name T_HEAD T_BODY             { $$ = build_object(p, $1, $2, $3, $4); }
|	T_OBJECT name T_BODY                    { $$ = build_object(p, $1, $2, NULL, $3); }
;
block:
	T_SCHEMA name '{' schema_attrs '}'
		{ $$ = build_item(p, TREE_SCHEMA, $2); $$->attrs = *$4; }
|	T_MIXIN name '{' entries '}'
		{ $$ = build_item(p, TREE_MIXIN, $2); $$->items = *$4; }
;
table:
	T_TABLE name attrs '{' entries '}'
		{ $$ = build_item(p, TREE_TABLE, $2); $$->attrs = *$3; $$->items = *$5; }
;
/* What is wrong behind a block is none of the block's. */
broken:
	block error T_NEWLINE                   { $$ = $1; yyerrok; }
|	table attrs error T_NEWLINE             { $$ = $1; yyerrok; (void)$2; }
;
schema_attrs:
	%empty                                  { $$ = build_attrs(p); }
|	schema_attrs attrs T_NEWLINE            { $$ = build_join_attrs(p, $1, $2); }
|	schema_attrs error T_NEWLINE            { $$ = $1; yyerrok; }
;
entries:
	%empty                                  { $$ = build_items(p); }
|	entries entry T_NEWLINE                 { $$ = build_add_entry(p, $1, $2); }
|	entries error T_NEWLINE                 { $$ = $1; yyerrok; }
;

/* --- items of tables -------------------------------------------------------------------------- */

entry:
	entry_body                              { $$ = $1; $$->span = @1; }
;
entry_body:
	column attrs                            { $$ = $1; build_join_attrs(p, &$$->attrs, $2); }
|	key_word opt_name parts attrs           { $$ = build_key(p, $1, $2, $3, $4); }
|	T_CONSTRAINT opt_name key_word opt_name parts attrs
		{ $$ = build_key(p, $3, build_either(p, $2, $4), $5, $6); }
|	key_word opt_name T_ATTR_WORD name parts attrs
		{ $$ = build_key(p, $1, $2, $5, build_attr_before(p, $3, $4, $6)); }
|	foreign
|	T_CONSTRAINT opt_name foreign
		{ $$ = $3; $$->name = build_either(p, $2, $$->name); }
|	check attrs                             { $$ = $1; $$->attrs = *$2; }
|	T_CONSTRAINT opt_name check attrs
		{ $$ = $3; $$->name = build_either(p, $2, $$->name); $$->attrs = *$4; }
|	T_USE name                              { $$ = build_item(p, TREE_USE, $2); }
|	T_PARTITION_BY partition
		{ $$ = build_item(p, TREE_PARTITION, build_no_name()); $$->partition = $2; }
|	T_PERIOD name '(' name_list ')'
		{ $$ = build_item(p, TREE_PERIOD, $2); $$->columns = *$4; }
;
column:
	name type
		{ $$ = build_item(p, TREE_COLUMN, $1); $$->type = $2; }
|	name T_LIKE name '.' name
		{ $$ = build_like(p, $1, build_table_name(build_no_name(), $3), $5); }
|	name T_LIKE name '.' name '.' name
		{ $$ = build_like(p, $1, build_table_name($3, $5), $7); }
|	name T_REFERENCES reference
		{ $$ = build_reference_column(p, $1, $3, span_join(@2, @3)); }
;
key_word:
	T_PRIMARY_KEY                           { $$ = build_key_kind(p, KEY_PRIMARY); }
|	T_UNIQUE                                { $$ = build_key_kind(p, KEY_UNIQUE); }
|	T_INDEX                                 { $$ = build_key_kind(p, KEY_INDEX); }
|	T_FULLTEXT                              { $$ = build_key_kind(p, KEY_FULLTEXT); }
|	T_SPATIAL                               { $$ = build_key_kind(p, KEY_SPATIAL); }
|	T_VECTOR                                { $$ = build_key_kind(p, KEY_VECTOR); }
;
foreign:
	T_FOREIGN_KEY opt_name columns T_REFERENCES reference
		{ $$ = build_foreign_key(p, $2, $3, $5); }
;
check:
	T_CHECK opt_name '(' expr ')'
		{ $$ = build_item(p, TREE_CHECK, $2); $$->expr = $4; }
;
parts:
	'(' part_list ')'                       { $$ = $2; }
;
part_list:
	part                                    { $$ = build_parts(p, $1); }
|	part_list ',' part                      { $$ = build_add_part(p, $1, $3); }
;
part:
	name                                    { $$ = build_part(p, $1, NULL, NULL, @$); }
|	name '(' T_NUMBER ')'                   { $$ = build_part(p, $1, $3, NULL, @$); }
|	'(' expr ')'
		{ $$ = build_part(p, build_no_name(), NULL, $2, @$); }
|	name T_WITHOUT_OVERLAPS                 { $$ = build_overlaps(p, $1, $2); }
|	part T_ASC                              { $$ = $1; $$->asc = true; $$->desc = false; }
|	part T_DESC                             { $$ = $1; $$->desc = true; $$->asc = false; }
;
columns:
	'(' name_list ')'                       { $$ = $2; }
;
opt_columns:
	%empty                                  { $$ = build_idents(p); }
|	columns
;
name_list:
	name                                    { $$ = build_add_ident(p, build_idents(p), $1); }
|	name_list ',' name                      { $$ = build_add_ident(p, $1, $3); }
;
name:
	T_NAME                                  { $$ = build_ident($1); }
;
opt_name:
	%empty                                  { $$ = build_no_name(); }
|	name
;
table_name:
	name                                    { $$ = build_table_name(build_no_name(), $1); }
|	name '.' name                           { $$ = build_table_name($1, $3); }
;
reference:
	table_name opt_columns                  { $$ = build_reference(p, $1, $2, @$); }
|	reference T_ON_DELETE
		{ $$ = build_action(p, $1, &$1->on_delete, $2, @$); }
|	reference T_ON_UPDATE
		{ $$ = build_action(p, $1, &$1->on_update, $2, @$); }
;

/* --- types and attributes --------------------------------------------------------------------- */

type:
	T_TYPE_WORD type_args                   { $$ = build_type(p, $1, $2, @$); }
;
type_args:
	%empty                                  { $$ = build_exprs(p, NULL); }
|	'(' ')'                                 { $$ = build_exprs(p, NULL); }
|	'(' type_arg_list ')'                   { $$ = $2; }
;
type_arg_list:
	literal                                 { $$ = build_exprs(p, $1); }
|	type_arg_list ',' literal               { $$ = build_add_expr(p, $1, $3); }
;
attrs:
	%empty                                  { $$ = build_attrs(p); }
|	attrs attr                              { $$ = build_add_attr(p, $1, $2, @2); }
;
attr:
	def_attr
|	T_ATTR                                  { $$ = build_attr(p, $1); }
|	T_ATTR_EXPR eq value
		{ $$ = build_value(p, build_attr(p, $1), $3, false); }
|	T_ATTR_EXPR eq '(' expr ')'
		{ $$ = build_value(p, build_attr(p, $1), $4, true); }
|	T_ATTR_EXPR eq '(' expr ',' expr_list ')'
		{ $$ = build_value(p, build_attr(p, $1), build_row(p, $4, $6, @$), true); }
|	T_ATTR_TARGET eq targets                { $$ = build_attr(p, $1); $$->words = *$3; }
|	T_REFERENCES reference
		{ $$ = build_attr(p, $1); $$->reference = $2; }
;
word_value:
	name
|	T_NUMBER                                { $$ = build_ident($1); }
|	T_STRING                                { $$ = build_string_ident(p, $1); }
;
targets:
	target
|	targets ',' target                      { $$ = build_join_idents(p, $1, $3); }
;
target:
	name T_NUMBER                           { $$ = build_target(p, $1, $2); }
|	target T_NUMBER                         { $$ = build_target_more(p, $1, $2); }
;
value:
	sign_number
|	atom
;
sign_number:
	'-' T_NUMBER
		{ $$ = build_unary(p, $1, build_literal(p, EXPR_NUMBER, $2), @$); }
|	'+' T_NUMBER                            { $$ = build_literal(p, EXPR_NUMBER, $2); }
;

/* --- partitions ------------------------------------------------------------------------------- */

partition:
	partition_head                          { $$ = $1; $$->span = @$; }
|	partition_head defs                     { $$ = build_defs(p, $1, $2, @$); }
|	partition T_MANAGED_EXTERNALLY
		{ $$ = $1; $$->managed_externally = true; $$->span = @$; }
|	partition T_KEEPING_ROWS                { $$ = $1; $$->keeping_rows = true; $$->span = @$; }
;
partition_head:
	method
|	method T_PARTITIONS T_NUMBER            { $$ = $1; $$->count = build_count(p, $3); }
|	method sub_head                         { $$ = build_sub(p, $1, $2); }
|	method T_PARTITIONS T_NUMBER sub_head
		{ $$ = build_sub(p, $1, $4); $$->count = build_count(p, $3); }
;
sub_head:
	T_SUBPARTITION_BY method                { $$ = $2; }
|	T_SUBPARTITION_BY method T_SUBPARTITIONS T_NUMBER
		{ $$ = $2; $$->sub_count = build_count(p, $4); }
;
method:
	T_LINEAR method                         { $$ = $2; $$->linear = true; }
|	T_HASH '(' expr ')'                     { $$ = build_method(p, $1, $3, NULL); }
|	T_RANGE '(' expr ')'                    { $$ = build_method(p, $1, $3, NULL); }
|	T_COLUMNS columns                       { $$ = build_method(p, $1, NULL, $2); }
|	T_KEY columns                           { $$ = build_method(p, $1, NULL, $2); }
|	T_KEY '(' ')'                           { $$ = build_method(p, $1, NULL, NULL); }
|	T_KEY T_ALGORITHM eq T_NUMBER columns
		{ $$ = build_method(p, $1, NULL, $5); $$->algorithm = build_count(p, $4); }
|	T_KEY T_ALGORITHM eq T_NUMBER '(' ')'
		{ $$ = build_method(p, $1, NULL, NULL); $$->algorithm = build_count(p, $4); }
|	T_SYSTEM_TIME                           { $$ = build_method(p, $1, NULL, NULL); }
|	T_SYSTEM_TIME T_HEAD
		{ $$ = build_method(p, $1, NULL, NULL); $$->interval = $2->text; }
;
defs:
	'(' def_list ')'                        { $$ = $2; }
;
def_list:
	def                                     { $$ = build_first_def(p, $1); }
|	def_list ',' def                        { $$ = build_add_def(p, $1, $3); }
;
def:
	def_head def_attrs                      { $$ = $1; $$->attrs = *$2; $$->span = @$; }
|	def_head def_attrs sub_defs                 { $$ = build_sub_defs(p, $1, $2, $3, @$); }
;
def_attrs:
	%empty                                  { $$ = build_attrs(p); }
|	def_attrs def_attr                      { $$ = build_add_attr(p, $1, $2, @2); }
;
def_attr:
	T_ATTR_WORD eq word_value               { $$ = build_attr(p, $1); $$->word = $3; }
|	T_ATTR_STRING eq strings                { $$ = build_attr(p, $1); $$->expr = $3; }
;
sub_defs:
	'(' def_list ')'                        { $$ = $2; }
;
def_head:
	T_PARTITION name                        { $$ = build_def(p, $2); }
|	T_SUBPARTITION name                     { $$ = build_def(p, $2); }
|	name                                    { $$ = build_def(p, $1); }
|	def_head T_LESS_THAN bounds             { $$ = build_bounds(p, $1, VALUES_LESS_THAN, $3); }
|	def_head T_LESS_THAN bound
		{ $$ = build_bounds(p, $1, VALUES_LESS_THAN, build_exprs(p, $3)); }
|	def_head T_VALUES_IN bounds             { $$ = build_bounds(p, $1, VALUES_IN, $3); }
|	def_head T_PART_DEFAULT                 { $$ = $1; $$->is_default = true; }
|	def_head T_PART_CURRENT                 { $$ = $1; $$->is_current = true; }
|	def_head T_PART_HISTORY                 { $$ = $1; $$->is_history = true; }
;
bounds:
	'(' bound_list ')'                      { $$ = $2; }
;
bound_list:
	expr                                    { $$ = build_exprs(p, $1); }
|	bound_list ',' expr                     { $$ = build_add_expr(p, $1, $3); }
;
bound:
	name                                    { $$ = build_column(p, $1); }
;

/* --- operations ------------------------------------------------------------------------------- */

op:
	T_OP_CREATE top                         { $$ = build_op_create(p, VERB_CREATE, $2, @2); }
|	T_OP_DROP top                           { $$ = build_op_create(p, VERB_DROP, $2, @2); }
|	T_RENAME_TABLE name T_TO name
		{ $$ = build_op_names(p, VERB_RENAME_TABLE, $2, $2, $4); }
|	T_ALTER_TABLE name ':' T_ADD entry opt_place
		{ $$ = build_op(p, VERB_ADD, $2); $$->after = $5; $$->place_after = $6; }
|	T_ALTER_TABLE name ':' T_DROP entry opt_place
		{ $$ = build_op(p, VERB_DROP_ITEM, $2); $$->before = $5; $$->place_before = $6; }
|	T_ALTER_TABLE name ':' T_ALTER entry T_TO entry
		{ $$ = build_op(p, VERB_ALTER, $2); $$->before = $5; $$->after = $7; }
|	T_ALTER_TABLE name ':' T_RENAME_COLUMN name T_TO name
		{ $$ = build_op_names(p, VERB_RENAME_COLUMN, $2, $5, $7); }
|	T_ALTER_TABLE name ':' T_RENAME_INDEX name T_TO name
		{ $$ = build_op_names(p, VERB_RENAME_INDEX, $2, $5, $7); }
|	T_ALTER_TABLE name ':' T_MOVE name place T_TO place
		{ $$ = build_op_names(p, VERB_MOVE, $2, $5, build_no_name());
		  $$->place_before = $6; $$->place_after = $8; }
|	T_ALTER_TABLE name ':' T_SET set_side T_TO set_side
		{ $$ = build_op(p, VERB_SET, $2); $$->attrs_before = *$5; $$->attrs_after = *$7; }
|	T_ALTER_TABLE name ':' T_PARTITION_BY partition T_TO T_PARTITION_BY partition
		{ $$ = build_op_partition(p, $2, $5, $8, @$); }
|	T_ALTER_TABLE name ':' T_PARTITION_BY partition T_TO T_NONE
		{ $$ = build_op_partition(p, $2, $5, NULL, @$); }
|	T_ALTER_TABLE name ':' T_NONE T_TO T_PARTITION_BY partition
		{ $$ = build_op_partition(p, $2, NULL, $7, @$); }
|	T_ALTER_TABLE name ':' T_PARTITION_BY T_NONE T_TO T_PARTITION_BY partition
		{ $$ = build_op_partition(p, $2, NULL, $8, @$); }
;
set_side:
	attrs
|	T_NONE                                  { $$ = build_attrs(p); }
;
opt_place:
	%empty                                  { $$ = (struct tree_place){ 0 }; }
|	place
;
place:
	T_FIRST
		{ $$ = (struct tree_place){ .given = true, .first = true }; }
|	T_AFTER name
		{ $$ = (struct tree_place){ .given = true, .after = $2 }; }
;

/* --- expressions ------------------------------------------------------------------------------ */

expr:
	expr_or
|	T_VARIABLE T_ASSIGN expr
		{ $$ = build_binary(p, build_literal(p, EXPR_VARIABLE, $1), $2, $3, @$); }
;
expr_or:
	expr_xor
|	expr_or T_OR expr_xor                   { $$ = build_binary(p, $1, $2, $3, @$); }
;
expr_xor:
	expr_and
|	expr_xor T_XOR expr_and                 { $$ = build_binary(p, $1, $2, $3, @$); }
;
expr_and:
	expr_not
|	expr_and T_AND expr_not                 { $$ = build_binary(p, $1, $2, $3, @$); }
;
expr_not:
	expr_bool
|	T_NOT expr_not                          { $$ = build_unary(p, $1, $2, @$); }
;
expr_bool:
	predicate
|	expr_bool T_COMPARE predicate           { $$ = build_binary(p, $1, $2, $3, @$); }
|	expr_bool '=' predicate                 { $$ = build_binary(p, $1, $2, $3, @$); }
|	expr_bool T_IS T_NULL                   { $$ = build_is(p, $1, $3, @$); }
|	expr_bool T_IS T_BOOL                   { $$ = build_is(p, $1, $3, @$); }
|	expr_bool T_IS T_UNKNOWN                { $$ = build_is(p, $1, $3, @$); }
|	expr_bool T_IS T_NOT T_NULL             { $$ = build_not(p, build_is(p, $1, $4, @$)); }
|	expr_bool T_IS T_NOT T_BOOL             { $$ = build_not(p, build_is(p, $1, $4, @$)); }
|	expr_bool T_IS T_NOT T_UNKNOWN          { $$ = build_not(p, build_is(p, $1, $4, @$)); }
;
predicate:
	bit
|	bit T_IN '(' expr_list ')'              { $$ = build_in(p, $1, $4, @$); }
|	bit T_NOT T_IN '(' expr_list ')'        { $$ = build_not(p, build_in(p, $1, $5, @$)); }
|	bit T_BETWEEN bit T_AND predicate       { $$ = build_between(p, $1, $3, $4, $5, @$); }
|	bit T_NOT T_BETWEEN bit T_AND predicate
		{ $$ = build_not(p, build_between(p, $1, $4, $5, $6, @$)); }
|	bit T_LIKE unary                        { $$ = build_like_expr(p, $1, $2, $3, NULL, @$); }
|	bit T_NOT T_LIKE unary
		{ $$ = build_not(p, build_like_expr(p, $1, $3, $4, NULL, @$)); }
|	bit T_LIKE unary T_ESCAPE unary         { $$ = build_like_expr(p, $1, $2, $3, $5, @$); }
|	bit T_NOT T_LIKE unary T_ESCAPE unary
		{ $$ = build_not(p, build_like_expr(p, $1, $3, $4, $6, @$)); }
|	bit T_REGEXP bit                        { $$ = build_binary(p, $1, $2, $3, @$); }
|	bit T_NOT T_REGEXP bit
		{ $$ = build_not(p, build_binary(p, $1, $3, $4, @$)); }
|	bit T_SOUNDS_LIKE bit                   { $$ = build_binary(p, $1, $2, $3, @$); }
|	bit T_MEMBER_OF '(' expr ')'            { $$ = build_binary(p, $1, $2, $4, @$); }
;
bit:
	bit_and
|	bit '|' bit_and                         { $$ = build_binary(p, $1, $2, $3, @$); }
;
bit_and:
	bit_shift
|	bit_and '&' bit_shift                   { $$ = build_binary(p, $1, $2, $3, @$); }
;
bit_shift:
	bit_add
|	bit_shift T_SHIFT bit_add               { $$ = build_binary(p, $1, $2, $3, @$); }
;
bit_add:
	bit_mul
|	bit_add '+' bit_mul                     { $$ = build_binary(p, $1, $2, $3, @$); }
|	bit_add '-' bit_mul                     { $$ = build_binary(p, $1, $2, $3, @$); }
;
bit_mul:
	bit_xor
|	bit_mul '*' bit_xor                     { $$ = build_binary(p, $1, $2, $3, @$); }
|	bit_mul '/' bit_xor                     { $$ = build_binary(p, $1, $2, $3, @$); }
|	bit_mul '%' bit_xor                     { $$ = build_binary(p, $1, $2, $3, @$); }
|	bit_mul T_DIV bit_xor                   { $$ = build_binary(p, $1, $2, $3, @$); }
;
bit_xor:
	unary
|	bit_xor '^' unary                       { $$ = build_binary(p, $1, $2, $3, @$); }
;
unary:
	collated
|	'-' unary                               { $$ = build_unary(p, $1, $2, @$); }
|	'+' unary                               { $$ = build_unary(p, $1, $2, @$); }
|	'~' unary                               { $$ = build_unary(p, $1, $2, @$); }
|	'!' unary                               { $$ = build_unary(p, $1, $2, @$); }
|	T_BINARY unary                          { $$ = build_unary(p, $1, $2, @$); }
|	T_INTERVAL expr T_UNIT                  { $$ = build_interval(p, $2, $3, @$); }
;
collated:
	primary
|	collated T_COLLATE word_value           { $$ = build_collate(p, $1, $3, @$); }
;
primary:
	atom
|	primary T_ARROW strings                 { $$ = build_binary(p, $1, $2, $3, @$); }
|	'(' expr ')'                            { $$ = build_grouped(p, $2, @$); }
|	row_value
;
atom:
	literal
|	name                                    { $$ = build_column(p, $1); }
|	name '.' name
		{ $$ = build_qualified(p, $1, $3, build_no_name(), @$); }
|	name '.' name '.' name                  { $$ = build_qualified(p, $1, $3, $5, @$); }
|	T_VARIABLE                              { $$ = build_literal(p, EXPR_VARIABLE, $1); }
|	call
|	case
;
row_value:
	'(' expr ',' expr_list ')'              { $$ = build_row(p, $2, $4, @$); }
|	T_ROW '(' expr_list ')'                 { $$ = build_row(p, NULL, $3, @$); }
;
expr_list:
	expr                                    { $$ = build_exprs(p, $1); }
|	expr_list ',' expr                      { $$ = build_add_expr(p, $1, $3); }
;
literal:
	strings
|	T_INTRODUCER string                     { $$ = build_introduce(p, $1, $2, @$); }
|	T_INTRODUCER T_HEX
		{ $$ = build_introduce(p, $1, build_literal(p, EXPR_HEX, $2), @$); }
|	T_INTRODUCER T_BIT
		{ $$ = build_introduce(p, $1, build_literal(p, EXPR_BIT, $2), @$); }
|	T_NUMBER                                { $$ = build_literal(p, EXPR_NUMBER, $1); }
|	T_HEX                                   { $$ = build_literal(p, EXPR_HEX, $1); }
|	T_BIT                                   { $$ = build_literal(p, EXPR_BIT, $1); }
|	T_TEMPORAL string                       { $$ = build_temporal(p, $1, $2, @$); }
|	T_NULL                                  { $$ = build_word(p, EXPR_NULL, $1); }
|	T_BOOL                                  { $$ = build_word(p, EXPR_BOOL, $1); }
;
strings:
	string
|	strings string                          { $$ = build_join_strings(p, $1, $2, @$); }
;
string:
	T_STRING                                { $$ = build_literal(p, EXPR_STRING, $1); }
;
call:
	T_CALL '(' call_args ')'                { $$ = build_call(p, $1, $3, @$); }
|	T_CALL '(' '*' ')'
		{ $$ = build_call(p, $1, build_exprs(p, build_word(p, EXPR_STAR, $3)), @$); }
|	T_BARE_CALL
		{ $$ = build_call(p, $1, build_exprs(p, NULL), @$); }
|	T_UNIT_CALL '(' T_UNIT ',' expr_list ')' { $$ = build_call_word(p, $1, $3, $5, @$); }
|	T_EXTRACT '(' T_UNIT T_FROM expr ')'
		{ $$ = build_call_word(p, $1, $3, build_exprs(p, $5), @$); }
|	T_POSITION '(' bit T_IN expr ')'        { $$ = build_locate(p, $3, $5, @$); }
|	T_TRIM '(' trim_args ')'                { $$ = build_trim(p, $1, $3, @$); }
|	T_SUBSTRING '(' call_args ')'           { $$ = build_call(p, $1, $3, @$); }
|	T_SUBSTRING '(' expr T_FROM expr ')'    { $$ = build_substring(p, $1, $3, $5, NULL, @$); }
|	T_SUBSTRING '(' expr T_FROM expr T_FOR expr ')'
		{ $$ = build_substring(p, $1, $3, $5, $7, @$); }
|	T_CHAR '(' call_args ')'                { $$ = build_call(p, $1, $3, @$); }
|	T_CHAR '(' expr_list T_USING name ')'   { $$ = build_char_using(p, $1, $3, $5, @$); }
|	T_CAST '(' expr T_AS cast_type ')'      { $$ = build_cast(p, $3, $5, NULL, @$); }
|	T_CAST '(' expr T_AS cast_type T_ARRAY ')' { $$ = build_cast(p, $3, $5, $6, @$); }
|	T_CAST '(' expr T_AT_TIME_ZONE strings T_AS cast_type ')'
		{ $$ = build_cast(p, build_binary(p, $3, $4, $5, @$), $7, NULL, @$); }
|	T_CONVERT '(' expr ',' cast_type ')'    { $$ = build_cast(p, $3, $5, NULL, @$); }
|	T_CONVERT '(' expr T_USING name ')'     { $$ = build_convert(p, $3, $5, @$); }
|	T_JSON_VALUE '(' call_args ')'          { $$ = build_call(p, $1, $3, @$); }
|	T_JSON_VALUE '(' call_args T_HEAD ')'   { $$ = build_json_value(p, $1, $3, $4, @$); }
;
call_args:
	%empty                                  { $$ = build_exprs(p, NULL); }
|	expr_list
;
trim_args:
	expr                                    { $$ = build_trim_args(p, NULL, NULL, $1); }
|	expr T_FROM expr                        { $$ = build_trim_args(p, NULL, $1, $3); }
|	T_TRIM_SIDE expr T_FROM expr            { $$ = build_trim_args(p, $1, $2, $4); }
|	T_TRIM_SIDE T_FROM expr                 { $$ = build_trim_args(p, $1, NULL, $3); }
;
cast_type:
	T_TYPE_WORD type_args                   { $$ = build_type(p, $1, $2, @$); }
|	cast_type T_CHARSET word_value          { $$ = $1; $$->charset = $3.name; $$->span = @$; }
;
case:
	T_CASE when_operand when_list else T_END { $$ = build_case(p, $2, $3, $4, @$); }
;
when_operand:
	%empty                                  { $$ = build_absent(p, @$); }
|	expr
;
when_list:
	T_WHEN expr T_THEN expr                 { $$ = build_add_expr(p, build_exprs(p, $2), $4); }
|	when_list T_WHEN expr T_THEN expr
		{ $$ = build_add_expr(p, build_add_expr(p, $1, $3), $5); }
;
else:
	%empty                                  { $$ = build_absent(p, @$); }
|	T_ELSE expr                             { $$ = $2; }
;

%%

static int yyreport_syntax_error(const yypcontext_t *context, struct parse *p)
{
	const char *expected[YYNTOKENS];
	yysymbol_kind_t symbols[YYNTOKENS];

	if (p->quiet || p->errors >= PARSE_MAX_ERRORS) {
		p->errors++;
		return 0;
	}
	int n = yypcontext_expected_tokens(context, symbols, YYNTOKENS);

	for (int i = 0; i < n; i++)
		expected[i] = yysymbol_name(symbols[i]);
	syntax_error(p, expected, n > 0 ? (size_t)n : 0);
	return 0;
}
