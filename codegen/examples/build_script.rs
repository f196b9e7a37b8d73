//! A `build.rs` that turns `schema.tl` into Rust.
//!
//! The package needs `tl-schema-codegen` among its build dependencies, `telegram-passport-tl`
//! among its dependencies for the runtime, and one line where the code is to stand:
//!
//! ```ignore
//! pub mod tl { include!(concat!(env!("OUT_DIR"), "/tl/mod.rs")); }
//! ```
//!
//! To try it here: `OUT_DIR=target/example cargo run -p tl-schema-codegen --example build_script`.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::check;
use tl_schema_codegen::emit::{Options, emit};
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::source::Source;

/// Beside the manifest of the package; `schema.tl` in most, but this one keeps it with the example.
const SCHEMA: &str = "examples/schema.tl";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SCHEMA}");
    let package = env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo says where the package is")?;
    let out = env::var_os("OUT_DIR").ok_or("cargo says where the output goes")?;
    generate(
        &Path::new(&package).join(SCHEMA),
        &Path::new(&out).join("tl"),
    )
}

fn generate(schema: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(schema)?;
    let sources = [(Source::new(SCHEMA, text), Dialect::Server)];
    // The error holds all that is wrong with the schema, with lines and hints. Printed by itself:
    // what `main` returns would be shown on one line, with every line end escaped.
    let checked = match load(&sources, &check::Options::default()) {
        Ok(checked) => checked,
        Err(error) => {
            eprintln!("{error}");
            return Err("the schema cannot be used".into());
        }
    };
    let options = Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: vec![format!("Generated from {SCHEMA}; edits are overwritten.")],
        serde: false,
    };
    for file in emit(&checked.schema, &Annotations::default(), &options)? {
        let path = out.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, file.text)?;
    }
    Ok(())
}
