//! Every message of the parser, as a person reads it.

use super::messages::check;

#[test]
fn unclosed_comment() {
    check("parser", "unclosed_comment", "a = A;\n/* b = B;\n");
}

#[test]
fn unknown_section() {
    check(
        "parser",
        "unknown_section",
        "a = A;\n---methods---\nb = B;\n",
    );
}

#[test]
fn missing_semicolon_before_a_definition() {
    check(
        "parser",
        "missing_semicolon_before_a_definition",
        "a = A\nb = B;\n",
    );
}

#[test]
fn missing_semicolon_before_a_section() {
    check(
        "parser",
        "missing_semicolon_before_a_section",
        "a = A\n---functions---\ng = A;\n",
    );
}

#[test]
fn missing_semicolon_at_the_end() {
    check(
        "parser",
        "missing_semicolon_at_the_end",
        "a = A;\nb value:int = A\n",
    );
}

#[test]
fn no_definition() {
    check("parser", "no_definition", "= A;\n");
}

#[test]
fn no_equals_sign() {
    check("parser", "no_equals_sign", "a value:int A;\n");
}

#[test]
fn no_result() {
    check("parser", "no_result", "a value:int = ;\n");
}

#[test]
fn something_behind_the_result() {
    check("parser", "something_behind_the_result", "a = A B 3;\n");
}

#[test]
fn new_final_and_empty() {
    check(
        "parser",
        "new_final_and_empty",
        "New A;\nFinal B;\nEmpty C;\n",
    );
}

#[test]
fn upper_case_constructor() {
    check(
        "parser",
        "upper_case_constructor",
        "Person name:string = Person;\n",
    );
}

#[test]
fn lower_case_result() {
    check(
        "parser",
        "lower_case_result",
        "person name:string = person;\n",
    );
}

#[test]
fn id_of_nine_digits() {
    check("parser", "id_of_nine_digits", "a#123456789 = A;\n");
}

#[test]
fn id_of_other_letters() {
    check("parser", "id_of_other_letters", "a#12fg = A;\n");
}

#[test]
fn no_id_behind_its_sign() {
    check("parser", "no_id_behind_its_sign", "a# = A;\n");
}

#[test]
fn blank_before_an_id() {
    check("parser", "blank_before_an_id", "a #1234abcd = A;\n");
}

#[test]
fn parameters_in_one_pair_of_braces() {
    check(
        "parser",
        "parameters_in_one_pair_of_braces",
        "---functions---\nf {X Y:Type} query:!X = X;\n",
    );
}

#[test]
fn number_parameter() {
    check("parser", "number_parameter", "a {n:#} value:int = A;\n");
}

#[test]
fn parameter_of_another_kind() {
    check(
        "parser",
        "parameter_of_another_kind",
        "---functions---\nf {X:int} query:!X = X;\n",
    );
}

#[test]
fn unclosed_brace() {
    check(
        "parser",
        "unclosed_brace",
        "---functions---\nf {X:Type query:!X = X;\n",
    );
}

#[test]
fn parameter_behind_a_field() {
    check(
        "parser",
        "parameter_behind_a_field",
        "---functions---\nf layer:int {X:Type} query:!X = X;\n",
    );
}

#[test]
fn field_without_a_type() {
    check("parser", "field_without_a_type", "a value = A;\n");
}

#[test]
fn field_with_nothing_behind_the_colon() {
    check(
        "parser",
        "field_with_nothing_behind_the_colon",
        "a value: = A;\n",
    );
}

#[test]
fn repetition_as_often_as_a_field_says() {
    check(
        "parser",
        "repetition_as_often_as_a_field_says",
        "a n:# values:n*[ int ] = A;\n",
    );
}

#[test]
fn repetition_without_a_name_as_often_as_a_field_says() {
    check(
        "parser",
        "repetition_without_a_name_as_often_as_a_field_says",
        "a n:# n*[ int ] = A;\n",
    );
}

#[test]
fn repetition_of_several_fields() {
    check(
        "parser",
        "repetition_of_several_fields",
        "a values:2*[ x:int y:int ] = A;\n",
    );
}

#[test]
fn repetition_inside_a_type() {
    check(
        "parser",
        "repetition_inside_a_type",
        "a values:Vector<4*[ int ]> = A;\n",
    );
}

#[test]
fn unclosed_repetition() {
    check("parser", "unclosed_repetition", "a values:4*[ int = A;\n");
}

#[test]
fn repetition_without_brackets() {
    check(
        "parser",
        "repetition_without_brackets",
        "a values:4*int = A;\n",
    );
}

#[test]
fn fields_in_parentheses() {
    check("parser", "fields_in_parentheses", "a (x y : int) = A;\n");
}

#[test]
fn type_applied_twice() {
    check(
        "parser",
        "type_applied_twice",
        "a values:(Vector<int> int) = A;\n",
    );
}

#[test]
fn number_as_a_type() {
    check("parser", "number_as_a_type", "a value:Matrix<3> = A;\n");
}

#[test]
fn number_of_more_than_32_bits() {
    check(
        "parser",
        "number_of_more_than_32_bits",
        "a values:4294967296*[ int ] = A;\n",
    );
}

#[test]
fn bit_of_more_than_32_bits() {
    check(
        "parser",
        "bit_of_more_than_32_bits",
        "a flags:# b:flags.4294967296?int = A;\n",
    );
}

#[test]
fn bit_that_is_no_number() {
    check(
        "parser",
        "bit_that_is_no_number",
        "a flags:# b:flags.x?int = A;\n",
    );
}

#[test]
fn types_nested_too_deeply() {
    check(
        "parser",
        "types_nested_too_deeply",
        &format!(
            "a value:{}int{} = A;\n",
            "Vector<".repeat(33),
            ">".repeat(33)
        ),
    );
}

#[test]
fn unclosed_angle_bracket() {
    check(
        "parser",
        "unclosed_angle_bracket",
        "a value:Vector<int = A;\n",
    );
}

#[test]
fn unclosed_parenthesis() {
    check(
        "parser",
        "unclosed_parenthesis",
        "a value:(Vector int = A;\n",
    );
}

#[test]
fn field_with_a_namespace() {
    check(
        "parser",
        "field_with_a_namespace",
        "a some.value:int = A;\n",
    );
}

#[test]
fn name_that_begins_with_an_underscore() {
    check("parser", "name_that_begins_with_an_underscore", "_a = A;\n");
}

#[test]
fn field_that_is_an_underscore() {
    check("parser", "field_that_is_an_underscore", "a _:int = A;\n");
}

#[test]
fn name_in_back_quotes() {
    check("parser", "name_in_back_quotes", "a `type`:int = A;\n");
}

#[test]
fn sign_of_another_alphabet() {
    check("parser", "sign_of_another_alphabet", "a größe:int = A;\n");
}

#[test]
fn control_character() {
    check("parser", "control_character", "a value:\u{1}int = A;\n");
}

#[test]
fn percent_without_a_name() {
    check("parser", "percent_without_a_name", "a value:%<int> = A;\n");
}

#[test]
fn call_without_a_name() {
    check(
        "parser",
        "call_without_a_name",
        "a value:!int = A;\na value:! = A;\n",
    );
}

#[test]
fn each_of_several_errors_is_told() {
    check(
        "parser",
        "each_of_several_errors_is_told",
        "a = ;\nb value:int = B;\nc value = C;\nD = D;\n",
    );
}
