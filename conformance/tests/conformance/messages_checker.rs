//! Every message of the checker, as a person reads it.

use super::messages::check;

#[test]
fn unknown_type() {
    check("checker", "unknown_type", "a value:Person = A;\n");
}

#[test]
fn unknown_type_with_a_guess() {
    check(
        "checker",
        "unknown_type_with_a_guess",
        "person = Person;\na value:Persom = A;\n",
    );
}

#[test]
fn unknown_type_of_another_namespace() {
    check(
        "checker",
        "unknown_type_of_another_namespace",
        "x.person = x.Person;\na value:Person = A;\n",
    );
}

#[test]
fn unknown_result() {
    check(
        "checker",
        "unknown_result",
        "---functions---\nf = Person;\n",
    );
}

#[test]
fn boxed_true_that_is_not_declared() {
    check(
        "checker",
        "boxed_true_that_is_not_declared",
        "a value:True = A;\n",
    );
}

#[test]
fn function_as_a_type() {
    check(
        "checker",
        "function_as_a_type",
        "---functions---\nf = Bool;\ng value:f = Bool;\n",
    );
}

#[test]
fn name_declared_twice() {
    check(
        "checker",
        "name_declared_twice",
        "a = A;\na value:int = A;\n",
    );
}

#[test]
fn constructor_and_function_of_one_name() {
    check(
        "checker",
        "constructor_and_function_of_one_name",
        "a = A;\n---functions---\na = A;\n",
    );
}

#[test]
fn id_of_two_definitions() {
    check("checker", "id_of_two_definitions", "a#1 = A;\nb#1 = A;\n");
}

#[test]
fn id_that_is_not_that_of_the_text() {
    check(
        "checker",
        "id_that_is_not_that_of_the_text",
        "a#12345678 value:int = A;\n",
    );
}

#[test]
fn fields_of_one_name() {
    check(
        "checker",
        "fields_of_one_name",
        "a value:int value:long = A;\n",
    );
}

#[test]
fn bit_of_no_field() {
    check("checker", "bit_of_no_field", "a value:flags.0?int = A;\n");
}

#[test]
fn bit_of_a_field_with_another_name() {
    check(
        "checker",
        "bit_of_a_field_with_another_name",
        "a flags:# value:flag.0?int = A;\n",
    );
}

#[test]
fn bit_of_a_word_that_stands_behind() {
    check(
        "checker",
        "bit_of_a_word_that_stands_behind",
        "a value:flags.0?int flags:# = A;\n",
    );
}

#[test]
fn bit_of_a_number() {
    check(
        "checker",
        "bit_of_a_number",
        "a flags:int value:flags.0?int = A;\n",
    );
}

#[test]
fn bit_of_a_word_that_may_be_absent() {
    check(
        "checker",
        "bit_of_a_word_that_may_be_absent",
        "a flags:# more:flags.0?# value:more.0?int = A;\n",
    );
}

#[test]
fn bit_32() {
    check("checker", "bit_32", "a flags:# value:flags.32?int = A;\n");
}

#[test]
fn condition_without_a_bit() {
    check(
        "checker",
        "condition_without_a_bit",
        "a flags:# value:flags?int = A;\n",
    );
}

#[test]
fn percent_of_several_constructors() {
    check(
        "checker",
        "percent_of_several_constructors",
        "a = A;\nb = A;\nc value:%A = C;\n",
    );
}

#[test]
fn percent_of_what_is_bare() {
    check("checker", "percent_of_what_is_bare", "a value:%int = A;\n");
}

#[test]
fn percent_of_a_constructor() {
    check(
        "checker",
        "percent_of_a_constructor",
        "a = A;\nb value:%a = B;\n",
    );
}

#[test]
fn vector_of_nothing() {
    check("checker", "vector_of_nothing", "a values:Vector = A;\n");
}

#[test]
fn vector_of_two_types() {
    check(
        "checker",
        "vector_of_two_types",
        "a values:Vector<int,long> = A;\n",
    );
}

#[test]
fn arguments_of_what_takes_none() {
    check(
        "checker",
        "arguments_of_what_takes_none",
        "a = A;\nb value:A<int> = B;\n",
    );
}

#[test]
fn boxed_int() {
    check("checker", "boxed_int", "a value:Int = A;\n");
}

#[test]
fn repetition_without_a_number() {
    check(
        "checker",
        "repetition_without_a_number",
        "a n:# values:[ int ] = A;\n",
    );
}

#[test]
fn constructor_with_a_parameter() {
    check(
        "checker",
        "constructor_with_a_parameter",
        "pair {X:Type} first:X = Pair X;\n",
    );
}

#[test]
fn parameter_as_a_value() {
    check(
        "checker",
        "parameter_as_a_value",
        "---functions---\nf {X:Type} value:X query:!X = X;\n",
    );
}

#[test]
fn parameter_that_nothing_calls() {
    check(
        "checker",
        "parameter_that_nothing_calls",
        "---functions---\nf {X:Type} value:int = X;\n",
    );
}

#[test]
fn parameter_that_is_not_declared() {
    check(
        "checker",
        "parameter_that_is_not_declared",
        "---functions---\nf query:!X = Bool;\n",
    );
}

#[test]
fn parameters_of_one_name() {
    check(
        "checker",
        "parameters_of_one_name",
        "---functions---\nf {X:Type} {X:Type} query:!X = X;\n",
    );
}

#[test]
fn call_inside_a_vector() {
    check(
        "checker",
        "call_inside_a_vector",
        "---functions---\nf {X:Type} queries:Vector<!X> = X;\n",
    );
}

#[test]
fn call_under_a_condition() {
    check(
        "checker",
        "call_under_a_condition",
        "---functions---\nf {X:Type} flags:# query:flags.0?!X = X;\n",
    );
}

#[test]
fn built_in_declared_otherwise() {
    check(
        "checker",
        "built_in_declared_otherwise",
        "int value:long = Int;\n",
    );
}

#[test]
fn built_in_of_an_unknown_name() {
    check(
        "checker",
        "built_in_of_an_unknown_name",
        "number ? = Number;\n",
    );
}

#[test]
fn further_constructor_of_a_built_in() {
    check(
        "checker",
        "further_constructor_of_a_built_in",
        "perhaps = Bool;\n",
    );
}

#[test]
fn value_that_contains_itself() {
    check("checker", "value_that_contains_itself", "a next:A = A;\n");
}

#[test]
fn values_that_contain_each_other() {
    check(
        "checker",
        "values_that_contain_each_other",
        "a b:B = A;\nb a:A = B;\n",
    );
}

#[test]
fn vector_of_what_takes_no_bytes() {
    check(
        "checker",
        "vector_of_what_takes_no_bytes",
        "nothing = Nothing;\na values:Vector<nothing> = A;\n",
    );
}

#[test]
fn true_without_a_condition_in_a_vector() {
    check(
        "checker",
        "true_without_a_condition_in_a_vector",
        "a values:Vector<true> = A;\n",
    );
}

#[test]
fn names_that_become_the_same() {
    check(
        "checker",
        "names_that_become_the_same",
        "some_name value:int = A;\nsomeName value:int = B;\n",
    );
}

#[test]
fn fields_that_become_the_same() {
    check(
        "checker",
        "fields_that_become_the_same",
        "a b:int B:int = A;\n",
    );
}

#[test]
fn name_of_the_prelude() {
    check("checker", "name_of_the_prelude", "ok value:int = Answer;\n");
}

#[test]
fn name_that_generated_code_uses() {
    check(
        "checker",
        "name_that_generated_code_uses",
        "encode value:int = ns.Code;\nreader = ns.Form;\n",
    );
}
