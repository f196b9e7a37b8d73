//! Selections from one small schema, each compared with what should remain of it.

mod common;

use tl_schema_codegen::select::{Counts, Manifest, explain, select};

const SHOP: &str = "
    stranger a:int = Stranger;
    basket flags:# items:Vector<Item> owner:flags.0?Person = Basket;
    person name:string friends:Vector<Vector<Person>> = Person;
    nobody = Person;
    item price:long = Item;
    gift for:Person to:%Letter = Item;
    letter text:string sealed:Bool = Letter;
    ---functions---
    shop.basket = Basket;
    shop.look at:Stranger = Bool;
    shop.send item:gift = Bool;
    shop.call {X:Type} query:!X = X;
";

#[test]
fn a_method_keeps_all_that_it_reaches_in_the_order_of_the_whole() {
    let manifest = Manifest {
        methods: names(&["shop.basket"]),
        ..Manifest::default()
    };
    let expected = "
        basket flags:# items:Vector<Item> owner:flags.0?Person = Basket;
        person name:string friends:Vector<Vector<Person>> = Person;
        nobody = Person;
        item price:long = Item;
        gift for:Person to:%Letter = Item;
        letter text:string sealed:Bool = Letter;
        ---functions---
        shop.basket = Basket;
    ";
    assert_selected(&manifest, expected, &[]);
}

#[test]
fn a_type_is_a_root() {
    let manifest = Manifest {
        types: names(&["Stranger"]),
        ..Manifest::default()
    };
    assert_selected(&manifest, "stranger a:int = Stranger;", &[]);
}

#[test]
fn a_constructor_alone_leaves_its_type_partial() {
    let manifest = Manifest {
        constructors: names(&["nobody"]),
        ..Manifest::default()
    };
    assert_selected(&manifest, "nobody = Person;", &["Person"]);
}

/// A schema that was itself selected has no other constructors, which must not make it whole.
#[test]
fn an_only_constructor_alone_leaves_its_type_partial() {
    let manifest = Manifest {
        constructors: names(&["stranger"]),
        ..Manifest::default()
    };
    assert_selected(&manifest, "stranger a:int = Stranger;", &["Stranger"]);
}

#[test]
fn a_constructor_alone_of_a_type_reached_otherwise_changes_nothing() {
    let manifest = Manifest {
        methods: names(&["shop.look"]),
        constructors: names(&["stranger"]),
        ..Manifest::default()
    };
    let expected = "stranger a:int = Stranger; ---functions--- shop.look at:Stranger = Bool;";
    assert_selected(&manifest, expected, &[]);
}

/// A bare constructor brings no other one of its type along.
#[test]
fn a_bare_constructor_stands_for_itself() {
    let manifest = Manifest {
        methods: names(&["shop.send"]),
        ..Manifest::default()
    };
    let expected = "
        person name:string friends:Vector<Vector<Person>> = Person;
        nobody = Person;
        gift for:Person to:%Letter = Item;
        letter text:string sealed:Bool = Letter;
        ---functions---
        shop.send item:gift = Bool;
    ";
    assert_selected(&manifest, expected, &["Item"]);
}

#[test]
fn an_opaque_type_exists_without_constructors() {
    let manifest = Manifest {
        methods: names(&["shop.basket"]),
        opaque: names(&["Person", "Item", "Stranger"]),
        ..Manifest::default()
    };
    let selection = select(&common::schema(SHOP), &manifest).unwrap();
    let types: Vec<(&str, usize, bool)> = (selection.schema.types.iter())
        .map(|ty| (&*ty.name, ty.constructors.len(), ty.partial))
        .collect();
    assert_eq!(
        types,
        [
            ("Basket", 1, false),
            ("Person", 0, false),
            ("Item", 0, false)
        ]
    );
    assert_eq!(selection.idle, ["Stranger"]);
    assert_eq!(
        selection.counts,
        Counts {
            methods: 1,
            types: 1,
            constructors: 1
        }
    );
}

#[test]
fn an_opaque_type_keeps_constructors_that_are_named() {
    let manifest = Manifest {
        methods: names(&["shop.basket"]),
        constructors: names(&["nobody"]),
        opaque: names(&["Person", "Item"]),
        ..Manifest::default()
    };
    let selection = select(&common::schema(SHOP), &manifest).unwrap();
    let person = &selection.schema.types[1];
    assert_eq!((&*person.name, person.partial), ("Person", false));
    let kept: Vec<&str> = (person.constructors.iter())
        .map(|&at| &*selection.schema.constructors[at].name)
        .collect();
    assert_eq!(kept, ["nobody"]);
}

#[test]
fn what_does_not_exist_is_named_all_at_once() {
    let manifest = Manifest {
        methods: names(&["shop.baskte", "person", "shop.basket"]),
        types: names(&["Persons"]),
        constructors: names(&["Item"]),
        opaque: names(&["Whatever"]),
    };
    let error = select(&common::schema(SHOP), &manifest).unwrap_err();
    let told: Vec<(String, Option<&str>)> = error
        .problems
        .iter()
        .map(|it| (it.to_string(), it.hint()))
        .collect();
    let expected = [
        (
            "the schema has no method `shop.baskte`",
            Some("did you mean `shop.basket`?"),
        ),
        (
            "the schema has no method `person`",
            Some("`person` is a constructor"),
        ),
        (
            "the schema has no type `Persons`",
            Some("did you mean `Person`?"),
        ),
        (
            "the schema has no constructor `Item`",
            Some("`Item` is a type"),
        ),
        ("the schema has no type `Whatever`", None),
    ];
    assert_eq!(told, expected.map(|(text, hint)| (text.to_owned(), hint)));
}

#[test]
fn a_type_cannot_be_whole_and_opaque() {
    let manifest = Manifest {
        types: names(&["Person"]),
        opaque: names(&["Person"]),
        ..Manifest::default()
    };
    let error = select(&common::schema(SHOP), &manifest).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the type `Person` is listed as a root and as opaque"
    );
}

#[test]
fn names_of_any_kind_become_a_manifest() {
    let names_given = ["shop.basket", "Person", "letter", "shop.unknown", "Unknown"];
    let expected = Manifest {
        methods: names(&["shop.basket", "shop.unknown"]),
        types: names(&["Person", "Unknown"]),
        constructors: names(&["letter"]),
        opaque: Vec::new(),
    };
    assert_eq!(
        Manifest::from_names(&common::schema(SHOP), &names_given),
        expected
    );
}

#[test]
fn report_as_text() {
    let manifest = Manifest {
        methods: names(&["shop.basket"]),
        ..Manifest::default()
    };
    let report = explain(&common::schema(SHOP), &manifest).unwrap();
    let expected = "\
1 method, 8 constructors of 5 types; those that each type drags in:
type        alone    reaches  first reached through
Basket        5/8        5/8  shop.basket
Item          3/5        4/7  shop.basket > basket.items
Bool          1/2        1/2  shop.basket > basket.items > gift.to > letter.sealed
Person        1/2        1/2  shop.basket > basket.owner
Letter        1/0        2/3  shop.basket > basket.items > gift.to
";
    // Letter is used bare: as an opaque type it would still need its constructor.
    assert_eq!(report.to_string(), expected);
}

/// A thousand types, each reached through the one before: depth must not cost stack.
#[test]
fn long_chains() {
    let mut text = String::new();
    for at in 0..20_000 {
        text.push_str(&format!("c{at} next:T{} = T{at};\n", at + 1));
    }
    text.push_str("c20000 = T20000;\n---functions---\nget = T0;\n");
    let schema = common::schema(&text);
    let manifest = Manifest {
        constructors: names(&["c0"]),
        ..Manifest::default()
    };
    let selected = select(&schema, &manifest).unwrap().schema;
    assert_eq!(selected.constructors.len(), 20_001);
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn assert_selected(manifest: &Manifest, expected: &str, partial: &[&str]) {
    let mut expected = common::schema(expected);
    for ty in &mut expected.types {
        ty.partial = partial.contains(&&*ty.name);
    }
    assert_eq!(
        select(&common::schema(SHOP), manifest).unwrap().schema,
        expected
    );
}
