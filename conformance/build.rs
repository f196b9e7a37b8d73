//! Writes down what tests go by: tables of definitions with the code that was generated for them,
//! the code generated from the tiny schemas, and a named test for each definition and each vector.

#[path = "src/schemas.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the library")]
mod schemas;
#[path = "build/table.rs"]
mod table;
#[path = "build/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};
use std::{env, error, fs};

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{Options, emit};

fn main() -> Result<(), Box<dyn error::Error>> {
    for input in [
        "build",
        "schemas",
        "src/schemas.rs",
        "vectors",
        "../tl/schema/passport.tl",
        "../tl/schema/selection.toml",
    ] {
        println!("cargo::rerun-if-changed={input}");
    }
    // For asking cargo about this platform alone.
    println!(
        "cargo::rustc-env=CONFORMANCE_TARGET={}",
        env::var("TARGET")?
    );
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);

    let (schema, ours) = (schemas::passport(), "::telegram_passport_tl");
    fs::write(out.join("passport.rs"), table::subjects(schema, ours))?;
    fs::write(out.join("structs.rs"), table::structs(schema, ours))?;
    fs::write(
        out.join("peers.rs"),
        table::peers(schema, "::grammers_tl_types"),
    )?;
    fs::write(out.join("definitions.rs"), table::tests(schema))?;
    fs::create_dir_all(out.join("vectors"))?;
    for (file, tests) in vectors::tests()? {
        fs::write(out.join(format!("vectors/{file}.rs")), tests)?;
    }
    tiny(&out)?;
    Ok(())
}

/// A module for each tiny schema, and a table of them all with their subjects.
fn tiny(out: &Path) -> Result<(), Box<dyn error::Error>> {
    let options = Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: vec!["Generated from a tiny schema.".to_owned()],
        serde: true,
    };
    let mut modules = String::new();
    let mut table = String::from("&[\n");
    let mut tests = String::new();
    for name in schemas::tiny_names()? {
        let (schema, _) = schemas::tiny(&name)?;
        for file in emit(&schema, &Annotations::default(), &options)? {
            let path = out.join("tiny").join(&name).join(file.path);
            fs::create_dir_all(path.parent().ok_or("a file is in a folder")?)?;
            // The runtime has the feature here.
            fs::write(path, file.text.replace("#[cfg(feature = \"serde\")]", ""))?;
        }
        let root = format!("concat!(env!(\"OUT_DIR\"), \"/tiny/{name}/mod.rs\")");
        modules += &format!("pub mod {name} {{ include!({root}); }}\n");
        let subjects = table::subjects(&schema, &format!("crate::tiny::{name}"));
        table += &format!("({name:?}, {subjects}),\n");
        tests += &format!("#[test] fn {name}() {{ $check({name:?}) }}\n");
    }
    fs::write(out.join("tiny.rs"), modules)?;
    fs::write(out.join("tiny_subjects.rs"), table + "]\n")?;
    let tests = format!("macro_rules! for_tiny_schemas {{ ($check:path) => {{\n{tests}}} }}\n");
    fs::write(out.join("tiny_tests.rs"), tests)?;
    Ok(())
}
